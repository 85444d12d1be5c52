"""What the tests of the desk's search have in common."""

from playwright.sync_api import Page, expect

SEARCHES = "**/api/v1/staff/search?*"
PASSAGES = "**/api/v1/staff/passage?*"
PREVIEWS = "**/api/v1/staff/preview"


def found(page: Page, q: str) -> None:
    """Type, and wait for what is found."""
    page.fill("#q", q)
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator("#found.stale")).to_have_count(0)
    expect(page.locator("#standing")).to_contain_text("最相近的")


def clipboard(page: Page, kind: str = "text/plain") -> str:
    return str(
        page.evaluate(
            "async kind => (await (await navigator.clipboard.read())[0].getType(kind)).text().then(t => t)", kind
        )
    )


def may_copy(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
