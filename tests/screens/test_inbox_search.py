"""What the inbox is searched for can be seen and cleared, whatever the list shows."""

from gridapp.screens.desk.listing import inbox_list


def test_a_search_is_cleared_beside_its_box_and_not_only_in_a_full_list() -> None:
    parts = inbox_list().children
    cleared = [n for n, part in enumerate(parts) if ".clear_search" in str(part.render())]
    listed = [n for n, part in enumerate(parts) if "empty-title" in str(part.render())]
    assert len(cleared) == len(listed) == 1
    assert cleared < listed
