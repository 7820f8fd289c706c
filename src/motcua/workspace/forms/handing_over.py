"""The choice of what one unit hands to another."""

from django import forms

from motcua.dossiers.queries.handovers import Batch


class HandoverForm(forms.Form):
    """Dossiers of one batch, by the step they go to the other unit for; those not of the batch are no choice."""

    step = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: object, batch: Batch, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["step"].choices = [(row.step_id, row.code) for row in batch.rows]  # type: ignore[attr-defined]  # a ChoiceField
