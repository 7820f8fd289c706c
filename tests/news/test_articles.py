import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.kernel.models import EventRecord
from motcua.news.commands.approving import give_article_back, publish_article, submit_article, withdraw_article
from motcua.news.commands.guard import ArticleGone, EditionMoved
from motcua.news.commands.photos import (
    MOST_PHOTOS,
    NotAPicture,
    PhotoText,
    TooManyPhotos,
    add_photo,
    remove_photo,
)
from motcua.news.commands.sections import SectionEndsTooEarly, SectionText, keep_section
from motcua.news.commands.writing import begin_article, begin_correction, write_article
from motcua.news.models import Article, Edition, NewsSection
from motcua.news.queries.public import archive, article_page, newest, news
from motcua.rules.news import EditionStage, MayNotPublish, NewsActNotOpen
from motcua.rules.permissions import Role
from tests.make import MONDAY, make_file, make_officer
from tests.news.making import (
    Newsroom,
    corrected,
    last_version,
    make_article,
    make_draft_article,
    make_newsroom,
    make_picture,
    make_section,
    published,
    submitted,
    with_photo,
    wording,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def room() -> Newsroom:
    return make_newsroom()


def kinds(article: Article) -> list[str]:
    rows = EventRecord.objects.filter(subject=f"article:{article.number}").order_by("seq")
    return list(rows.values_list("kind", flat=True))


def test_an_article_is_written_submitted_and_published_by_another(room: Newsroom) -> None:
    article = make_article(room, at=MONDAY)

    article.refresh_from_db()
    assert article.shown
    assert article.shown.stage is EditionStage.PUBLISHED
    assert (article.published_at, article.updated_at) == (MONDAY, MONDAY)
    assert article.shown.approved_by == room.approver
    assert kinds(article) == ["ArticleBegun", "ArticleSubmitted", "ArticlePublished"]


def test_a_second_click_begins_no_second_article(room: Newsroom) -> None:
    key = uuid.uuid4()

    first, again = (
        begin_article(key=key, unit=room.unit, wording=wording(), actor=room.writer, at=MONDAY) for _ in range(2)
    )

    assert first == again
    assert kinds(first) == ["ArticleBegun"]


def test_whoever_wrote_or_submitted_it_does_not_approve_it(room: Newsroom) -> None:
    both = make_officer(Role.SIGNER, room.unit)
    both.grants.create(role=Role.DISPATCHER, unit=room.unit, valid_from=date(2020, 1, 1))
    article = make_draft_article(room)
    write_article(article=article, wording=wording(title="Khác"), seen=1, actor=both, at=MONDAY)
    submitted(article, room)

    with pytest.raises(MayNotPublish):
        publish_article(article=article, seen=2, actor=both, at=MONDAY)

    article.refresh_from_db()
    assert not article.is_public


def test_strangers_neither_write_nor_approve(room: Newsroom) -> None:
    stranger = make_newsroom()
    article = make_draft_article(room)

    with pytest.raises(MayNotPublish):
        begin_article(key=uuid.uuid4(), unit=room.unit, wording=wording(), actor=stranger.writer, at=MONDAY)
    with pytest.raises(MayNotPublish):
        write_article(article=article, wording=wording(title="Khác"), seen=1, actor=stranger.writer, at=MONDAY)
    submitted(article, room)
    with pytest.raises(MayNotPublish):
        publish_article(article=article, seen=1, actor=stranger.approver, at=MONDAY)

    assert kinds(article) == ["ArticleBegun", "ArticleSubmitted"]


def test_a_form_that_was_overtaken_changes_nothing(room: Newsroom) -> None:
    article = make_draft_article(room)
    write_article(article=article, wording=wording(title="Lần hai"), seen=1, actor=room.writer, at=MONDAY)

    with pytest.raises(EditionMoved):
        write_article(article=article, wording=wording(title="Lần ba"), seen=1, actor=room.writer, at=MONDAY)
    with pytest.raises(EditionMoved):
        submit_article(article=article, seen=1, actor=room.writer, at=MONDAY)

    assert article.editions.get().title == "Lần hai"


def test_the_same_words_again_change_nothing(room: Newsroom) -> None:
    article = make_draft_article(room)

    write_article(article=article, wording=wording(), seen=99, actor=room.writer, at=LATER)

    assert last_version(article) == 1
    assert kinds(article) == ["ArticleBegun"]


def test_the_approver_approves_what_they_read(room: Newsroom) -> None:
    article = submitted(make_draft_article(room), room)

    with pytest.raises(EditionMoved):
        publish_article(article=article, seen=7, actor=room.approver, at=MONDAY)


def test_what_was_given_back_is_changed_and_submitted_again(room: Newsroom) -> None:
    article = submitted(make_draft_article(room), room)

    edition = give_article_back(article=article, remark="Thiếu  địa chỉ", actor=room.approver, at=MONDAY)

    assert (edition.stage, edition.remark) == (EditionStage.DRAFT, "Thiếu địa chỉ")
    published(article, room)
    assert article.editions.get().remark == ""


def test_a_correction_takes_the_place_of_the_text_before_which_is_kept(room: Newsroom) -> None:
    article = with_photo(make_draft_article(room), room)
    published(article, room)
    begin_correction(article=article, correction="Sửa số quầy.", actor=room.writer, at=LATER)
    write_article(article=article, wording=wording(title="Ba quầy"), seen=1, actor=room.writer, at=LATER)

    page_before = article_page(article.number)
    published(article, room, at=LATER)
    page = article_page(article.number)

    assert page_before.line.title != page.line.title == "Ba quầy"
    assert (page.line.published_at, page.line.updated_at) == (MONDAY, LATER)
    assert [one.note for one in page.corrections] == ["Sửa số quầy."]
    assert [photo.alt for photo in page.photos] == ["Hai quầy mới"]
    assert list(article.editions.order_by("number").values_list("title", flat=True)) == [
        page_before.line.title,
        "Ba quầy",
    ]


def test_what_was_published_is_never_changed_in_the_database(room: Newsroom) -> None:
    article = published(with_photo(make_draft_article(room), room), room)

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Edition.objects.filter(article=article).update(title="Khác")
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        article.editions.get().photos.all().delete()

    assert article_page(article.number).photos


def test_one_correction_is_open_at_a_time(room: Newsroom) -> None:
    article = make_article(room)
    begin_correction(article=article, correction="Một", actor=room.writer, at=LATER)

    with pytest.raises(NewsActNotOpen):
        begin_correction(article=article, correction="Hai", actor=room.writer, at=LATER)


def test_what_is_withdrawn_is_gone_from_the_portal_for_good(room: Newsroom) -> None:
    article = make_article(room)
    begin_correction(article=article, correction="Một", actor=room.writer, at=LATER)

    withdraw_article(article=article, reason="Đăng nhầm", actor=room.approver, at=LATER)

    with pytest.raises(Article.DoesNotExist):
        article_page(article.number)
    with pytest.raises(ArticleGone):
        submit_article(article=article, seen=1, actor=room.writer, at=LATER)
    assert news(number=1).lines == ()
    assert kinds(article)[-1] == "ArticleWithdrawn"


def test_a_draft_cannot_be_withdrawn(room: Newsroom) -> None:
    with pytest.raises(NewsActNotOpen):
        withdraw_article(article=make_draft_article(room), reason="Nhầm", actor=room.approver, at=MONDAY)


def test_photos_are_kept_in_bounded_sizes(room: Newsroom) -> None:
    article = with_photo(make_draft_article(room), room, width=1600)

    photo = article.editions.get().photos.get()

    assert photo.width <= 480
    assert photo.small.size <= 16_000
    assert photo.large.size <= 160_000


def test_a_photo_is_added_once_a_form_and_taken_out_again(room: Newsroom) -> None:
    article, key, file = make_draft_article(room), uuid.uuid4(), make_picture()
    for _ in range(2):
        add_photo(article=article, key=key, file=file, text=PhotoText("Quầy"), actor=room.writer, at=MONDAY)

    assert article.editions.get().photos.count() == 1
    for _ in range(2):
        remove_photo(article=article, position=1, actor=room.writer, at=MONDAY)
    assert article.editions.get().photos.count() == 0
    assert kinds(article) == ["ArticleBegun", "ArticlePhotoAdded", "ArticlePhotoRemoved"]


def test_only_so_many_pictures_are_photos(room: Newsroom) -> None:
    article = make_draft_article(room)
    with pytest.raises(NotAPicture):
        add_photo(
            article=article, key=uuid.uuid4(), file=make_file(), text=PhotoText("x"), actor=room.writer, at=MONDAY
        )
    for _ in range(MOST_PHOTOS):
        with_photo(article, room)

    with pytest.raises(TooManyPhotos):
        with_photo(article, room)


def test_the_archive_counts_and_lists_by_the_day_of_hanoi(room: Newsroom) -> None:
    late = MONDAY.replace(hour=23, minute=30)
    make_article(room, title="Tối thứ Hai", at=late)
    make_article(room, title="Thứ Ba", at=LATER)
    corrected(make_article(room, title="Sáng thứ Hai", at=MONDAY), room, at=LATER)

    day = MONDAY.date()
    on_monday = news(number=1, first=day, until=day + timedelta(days=1))

    assert [line.title for line in on_monday.lines] == ["Tối thứ Hai", "Sáng thứ Hai"]
    assert [(span.first, span.count) for span in archive("day")] == [(LATER.date(), 1), (day, 2)]
    assert [span.count for span in archive("month", date(2026, 1, 1), date(2027, 1, 1))] == [3]
    assert archive("year")[0].first == date(2026, 1, 1)


def test_the_list_is_narrowed_by_words_and_section(room: Newsroom) -> None:
    other = make_section(slug="chuyen-doi-so", name="Chuyển đổi số")
    make_article(room, title="Kiểm tra cải cách")
    make_article(room, title="Chữ ký số", section=other, at=LATER)

    assert [line.title for line in news(number=1, text="kiem tra CAI cach").lines] == ["Kiểm tra cải cách"]
    assert [line.title for line in news(number=1, section="chuyen-doi-so").lines] == ["Chữ ký số"]
    assert [line.title for line in newest(1)] == ["Chữ ký số"]


def test_sections_are_kept_as_dated_data(room: Newsroom) -> None:
    text = SectionText("kiem-tra", "Kiểm tra", 2, date(2026, 1, 1))
    for _ in range(2):
        keep_section(text=text, actor=room.writer, at=MONDAY)
    ended = SectionText("kiem-tra", "Kiểm tra, giám sát", 2, date(2026, 1, 1), date(2026, 3, 1))
    keep_section(text=ended, actor=room.writer, at=MONDAY)

    assert EventRecord.objects.filter(subject="news-section:kiem-tra").count() == 2
    assert not NewsSection.objects.on(MONDAY.date()).filter(slug="kiem-tra").exists()
    assert NewsSection.objects.get(slug="kiem-tra").name == "Kiểm tra, giám sát"


def test_a_section_ends_after_it_begins_and_is_kept_at_the_province(room: Newsroom) -> None:
    wrong = SectionText("x", "X", 1, date(2026, 1, 2), date(2026, 1, 2))

    with pytest.raises(SectionEndsTooEarly):
        keep_section(text=wrong, actor=room.writer, at=MONDAY)
    with pytest.raises(MayNotPublish):
        keep_section(text=wrong, actor=room.approver, at=MONDAY)
