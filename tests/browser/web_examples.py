"""Examples that read from the web, by the library that they use."""

from __future__ import annotations

import hashlib

from tests.browser.data_server import CSV
from tests.browser.scenarios import Block, block

__all__ = ["ASYNCHRONOUS", "CODE", "COPIED", "COPIED_WITH_PACKAGES", "DATA_SETS", "PACKAGED", "filled"]

CODE = {
    "read": """
        from urllib.request import urlopen
        with urlopen("{data}csv/planets.csv") as answer:
            print(answer.status, answer.headers["content-length"], answer.read().decode())
    """,
    "gzip": """
        from urllib.request import urlopen
        answer = urlopen("{data}gzip/planets.csv")
        print(answer.headers["content-encoding"], answer.headers["content-length"], len(answer.read()))
    """,
    "retrieve": """
        from urllib.request import urlretrieve
        steps = []
        path, headers = urlretrieve("{data}big/file.bin", "/tmp/file.bin", lambda *step: steps.append(step))
        import os
        print(os.path.getsize(path), len(steps) > 100)
    """,
    "redirect": """
        from urllib.request import urlopen
        answer = urlopen("{data}redirect/from")
        print(answer.url.removeprefix("{data}"), answer.status, len(answer.read()))
    """,
    "missing": """
        from urllib.request import urlopen
        from urllib.error import HTTPError
        try:
            urlopen("{data}missing/planet")
        except HTTPError as error:
            print(error.code, error.reason, error.read().decode())
    """,
    "post": """
        import json
        from urllib.request import Request, build_opener
        request = Request("{data}echo/post", b'{"a": 1}', {"Content-Type": "application/json", "X-Own": "1"})
        answer = build_opener().open(request)
        echo = json.load(answer)
        print(echo["method"], echo["body"], echo["headers"]["X-Own"], answer.headers["x-shown"])
    """,
    "head": """
        from urllib.request import Request, urlopen
        answer = urlopen(Request("{data}csv/planets.csv", method="HEAD"))
        print(answer.status, answer.headers["content-length"], answer.read())
    """,
    "client": """
        from http.client import HTTPConnection
        connection = HTTPConnection("{host}", timeout=20)
        for path in ("/csv/1", "/csv/2"):
            connection.request("GET", path)
            answer = connection.getresponse()
            print(answer.version, answer.reason, len(answer.read()))
        connection.request("PUT", "/echo/", body=iter([b"in ", b"chunks"]))
        print(connection.getresponse().read()[:39])
    """,
    "timeout": """
        from urllib.request import urlopen
        try:
            urlopen("{data}never/answers", timeout=0.2)
        except TimeoutError as error:
            print(repr(error))
    """,
    "never": """
        from urllib.request import urlopen
        kept = "still here"
        print("on")
        urlopen("{data}never/answers")
    """,
    "endless": """
        from urllib.request import urlopen
        kept = "still here"
        answer = urlopen("{data}endless/stream")
        print(answer.read(5))
        answer.read(1)
    """,
    "kept": "print(kept)",
    "refused": """
        from urllib.request import urlopen
        urlopen("{data}closed/csv/planets.csv")
    """,
    "unreachable": """
        from urllib.request import urlopen
        urlopen("http://127.0.0.1:9/planets.csv")
    """,
    "own": """
        from urllib.error import URLError
        raise URLError("of the code itself")
    """,
}

PACKAGED = {
    "frame": """
        import pandas
        print(pandas.read_csv("{data}csv/planets.csv").moons.sum())
    """,
    "requests": """
        import requests
        answer = requests.get("{data}csv/planets.csv", timeout=20)
        print(answer.status_code, answer.reason, answer.headers["content-type"], answer.text)
    """,
    "session": """
        import requests
        with requests.Session() as session:
            answer = session.post("{data}echo/", json={"a": 1})
            print(answer.json()["body"], answer.json()["method"])
            answer = session.get("{data}redirect/from", params={"q": "a b"})
            print(answer.url.removeprefix("{data}"), [each.status_code for each in answer.history])
            print(session.head("{data}csv/planets.csv").headers["content-length"])
            answer = session.get("{data}big/file.bin", stream=True)
            print(sum(len(part) for part in answer.iter_content(65536)))
        try:
            requests.get("{data}missing/planet").raise_for_status()
        except requests.HTTPError as error:
            print(str(error).partition(" for ")[0], error.response.json())
        try:
            requests.get("{data}never/answers", timeout=0.2)
        except requests.Timeout as error:
            print(type(error).__name__)
    """,
    "httpx": """
        import httpx
        with httpx.Client(follow_redirects=True) as client:
            answer = client.post("{data}echo/", json={"a": 1})
            print(answer.json()["body"], answer.reason_phrase)
            answer = client.get("{data}redirect/from")
            print(str(answer.url).removeprefix("{data}"), len(answer.text), len(answer.history))
            with client.stream("GET", "{data}big/file.bin") as answer:
                print(sum(len(part) for part in answer.iter_bytes()))
            client.get("{data}redirect/from", follow_redirects=False)
            client.post("{data}csv/moved.csv")
            try:
                client.get("{data}never/answers", timeout=0.2)
            except httpx.TimeoutException as error:
                print(type(error).__name__)
        async with httpx.AsyncClient() as client:
            print((await client.get("{data}csv/planets.csv")).text[:10])
    """,
    "refused by httpx": """
        import httpx
        await httpx.AsyncClient().get("{data}closed/csv/planets.csv")
    """,
    "open_url": """
        from pyodide.http import open_url
        print(open_url("{data}redirect/from").readline())
    """,
    "refused by requests": """
        import requests
        requests.get("{data}closed/csv/planets.csv")
    """,
}

COPIED = {
    "standard library": """
        from urllib.request import urlopen, urlretrieve
        print(urlopen("{data}closed/csv/planets.csv").read().decode())
        print(open("planets.csv").read() == open(urlretrieve("{data}closed/csv/planets.csv")[0]).read())
        open("planets.csv", "w").write("changed")
        print(urlopen("{data}closed/csv/planets.csv#part").headers["content-type"])
    """,
    "fetch": """
        from pyodide.http import open_url, pyfetch
        answer = await pyfetch("{data}closed/csv/planets.csv")
        print(answer.url == "{data}closed/csv/planets.csv", (await answer.string())[:10])
        print(open_url("{data}closed/csv/planets.csv").readline())
    """,
}

COPIED_WITH_PACKAGES = {
    "packages": """
        import httpx, pandas, requests
        print(pandas.read_csv("{data}closed/csv/planets.csv").moons.sum())
        print(requests.get("{data}closed/csv/planets.csv").text[:10])
        print(httpx.get("{data}closed/csv/planets.csv").text[:10])
    """,
}

ASYNCHRONOUS = {
    "aiohttp": """
        import asyncio
        import aiohttp
        async with aiohttp.ClientSession() as session:
            async with session.post("{data}echo/", json={"a": 1}) as answer:
                print(answer.status, answer.reason, (await answer.json())["body"])
            async with session.get("{data}redirect/from") as answer:
                print(str(answer.url).removeprefix("{data}"), len(await answer.text()), len(answer.history))
            async def parts():
                yield b"in "
                yield b"chunks"
            async with session.put("{data}echo/", data=parts()) as answer:
                print((await answer.json())["body"])
            async with session.get("{data}big/file.bin") as answer:
                print(sum([len(part) async for part in answer.content.iter_chunked(65536)]))
            try:
                await session.get("{data}never/answers", timeout=aiohttp.ClientTimeout(total=0.2))
            except asyncio.TimeoutError:
                print("too late")
    """,
    "refused by aiohttp": """
        import aiohttp
        async with aiohttp.ClientSession() as session:
            await session.get("{data}closed/csv/planets.csv")
    """,
    "never": """
        import aiohttp
        kept = "still here"
        async with aiohttp.ClientSession() as session:
            print("on")
            await session.get("{data}never/answers")
    """,
    "kept": "print(kept)",
    "pooch": """
        import pooch
        path = pooch.retrieve("{data}csv/planets.csv", known_hash="{hash}", progressbar=False)
        print(len(open(path).read()))
    """,
}

DATA_SETS = {
    "seaborn": """
        import seaborn
        print(seaborn.load_dataset("planets_of_tests").moons.sum())
    """,
    "sklearn": """
        from sklearn.datasets import fetch_file
        print(len(open(fetch_file("{data}csv/planets.csv", folder="/tmp", sha256="{hash}")).read()))
    """,
}


def filled(code: dict[str, str], data: str) -> dict[str, Block]:
    """The examples, with the address of the data."""
    host = data.removeprefix("http://").rstrip("/")
    checksum = hashlib.sha256(CSV.encode()).hexdigest()

    def fill(text: str) -> str:
        return text.replace("{data}", data).replace("{host}", host).replace("{hash}", checksum)

    return {name: block(fill(text)) for name, text in code.items()}
