import re

from fastapi.testclient import TestClient

from qa_service.server.assets import STATIC, asset_url, digest


def test_a_page_names_assets_that_a_browser_may_keep_for_good(client: TestClient) -> None:
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/?q=质押").text)
    assert len(named) > 5
    for path in named:
        response = client.get(path)
        assert response.status_code == 200, path
        assert "immutable" in response.headers["cache-control"], path


def test_what_is_not_named_by_its_digest_is_asked_for_again(client: TestClient) -> None:
    for path in ("/static/css/site.css", "/static/0123456789ab/css/site.css"):
        response = client.get(path)
        assert response.status_code == 200
        assert response.headers["cache-control"] == "no-cache"
        assert client.get(path, headers={"If-None-Match": response.headers["etag"]}).status_code == 304
    assert client.get(f"/static/{digest()}/css/none.css").status_code == 404
    assert client.get(f"/static/{digest()}/../../../pyproject.toml").status_code == 404


def test_every_module_that_a_module_imports_is_there() -> None:
    for path in STATIC.rglob("*.js"):
        for name in re.findall(r'from "\./([^"]+)"', path.read_text("utf-8")):
            assert (path.parent / name).is_file(), f"{path.name} imports {name}"


def test_an_address_carries_the_digest() -> None:
    assert asset_url("icon.svg") == f"/static/{digest()}/icon.svg"
    assert re.fullmatch("[0-9a-f]{12}", digest())
