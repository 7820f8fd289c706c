"""Background jobs of news."""

from procrastinate.contrib.django import app

from motcua.news.commands.counting import add_up


@app.periodic(cron="*/10 * * * *", periodic_id="news.add_up_views")
@app.task(name="news.add_up_views", queueing_lock="news.add_up_views")
def add_up_views(timestamp: int) -> None:
    """Add the views and visits counted since the last time to the figures of their day."""
    add_up()
