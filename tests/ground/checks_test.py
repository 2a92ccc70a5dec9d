"""Each check of tools/checks/ finds what it is there to find, in a small project that breaks its rule."""
import importlib
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from checks.tree import Tree  # noqa: E402


class Checks(unittest.TestCase):
    def faults(self, check: str, files: dict) -> list:
        """The faults, as text, of the check in a project of these files."""
        root = pathlib.Path(tempfile.mkdtemp(prefix="keepsake-checks."))
        self.addCleanup(shutil.rmtree, root)
        subprocess.run(["git", "init", "-q", root], check=True)
        (root / "tools").mkdir()
        shutil.copy(ROOT / "tools/check-includes", root / "tools")
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        return [str(fault) for fault in importlib.import_module(f"checks.{check}").check(Tree(root))]

    def test_layers_tell_an_upward_include_a_foreign_library_and_an_undeclared_folder(self):
        found = self.faults(
            "layers",
            {
                "CMakeLists.txt": "keepsake_module(base)\nkeepsake_module(db USES base LIBS sqlite3)\n",
                "src/base/text.h": '#include "db/database.h"\n#include <sqlite3.h>\n',
                "src/db/database.h": "#include <sqlite3.h>\n",
                "src/cellar/box.h": "",
            },
        )
        self.assertEqual(
            found,
            [
                'src/base/text.h:1: base may not use db ("db/database.h")',
                "src/base/text.h:2: base may not use sqlite3 (<sqlite3.h>)",
                "src/cellar/box.h:1: belongs to no module of CMakeLists.txt",
            ],
        )

    def test_headers_tell_one_that_leans_on_another(self):
        found = self.faults(
            "headers",
            {
                "src/base/alone.h": "#pragma once\n#include <string>\nstd::string alone();\n",
                "src/base/leaning.h": "#pragma once\nstd::string leaning();\n",
                "src/base/late.h": "#pragma once\n",
                "src/base/late.cc": '#include <string>\n\n#include "base/late.h"\n',
            },
        )
        self.assertEqual(len(found), 2, found)
        self.assertIn('src/base/late.cc:1: takes its own header "base/late.h" first', found[0])
        self.assertIn("src/base/leaning.h:1: does not compile by itself", found[1])

    def test_sql_tells_a_statement_outside_a_store(self):
        statement = 'auto rows = tx.all(R"(\n  SELECT id FROM person)");\n'
        found = self.faults(
            "sql",
            {
                "src/web/pages.cc": "// update person set\n" + statement,
                "src/person/person_store.cc": statement,
                "src/db/migrate.cc": statement,
            },
        )
        self.assertEqual(found, ["src/web/pages.cc:2: SQL stands in a *_store.cc alone"])

    def test_size_tells_a_file_of_more_than_500_lines(self):
        found = self.faults("size", {"src/base/long.cc": "\n" * 501, "src/base/short.cc": "\n" * 500})
        self.assertEqual(len(found), 1)
        self.assertTrue(found[0].startswith("src/base/long.cc:501: has 501 lines"))

    def test_unfinished_tells_a_promise_and_a_test_switched_off(self):
        found = self.faults(
            "unfinished",
            {"src/base/a.cc": "int x;  // TO" + "DO later\n", "src/base/a_test.cc": "TEST(A, DISABLED" + "_b) {}\n"},
        )
        self.assertEqual(len(found), 2, found)

    def test_traces_tell_a_path_a_host_and_a_download_address(self):
        found = self.faults(
            "traces",
            {
                "docs/a.md": "see /ho" + "me/somebody/notes\n",
                "docs/b.md": "from registry.npm" + "js.org\n",
                "tests/package-lock.json": '{\n  "resolved": "https://example.org/x.tgz"\n}\n',
                "docs/c.md": "the framework/library\n",
            },
        )
        self.assertEqual([fault.rsplit(": ", 1)[0].split(":")[0] for fault in found], ["docs/a.md", "docs/b.md", "tests/package-lock.json"])

    def test_architecture_tells_where_the_document_and_the_tree_part(self):
        found = self.faults(
            "architecture",
            {
                "CMakeLists.txt": "keepsake_module(base)\nkeepsake_module(db USES base LIBS sqlite3)\nkeepsake_module(web USES base db)\n",
                "ARCHITECTURE.md": "| `base/` | ids | |\n| `db/` | rows | base web |\n| `attic/` | old things | |\n`tools/gone`\n",
            },
        )
        self.assertEqual(
            found,
            [
                "ARCHITECTURE.md:2: db uses base in CMakeLists.txt",
                "ARCHITECTURE.md:1: does not tell of src/web/",
                "ARCHITECTURE.md:3: attic is no module of CMakeLists.txt",
                "ARCHITECTURE.md:4: tells of tools/gone, which does not exist",
            ],
        )

    def test_templates_tell_each_way_to_show_or_run_what_must_not_be(self):
        directive = '{{%AUTOESCAPE context="HTML"}}'
        broken = [
            "<script>go()</script>",
            '<p style="color: red">',
            '<a onclick="go()">',
            '<button formaction="{{ADDRESS}}">',
            '<a href="/search?q={{TEXT}}">',
            "{{Title}}",
            "{{w_unknown}}",
        ]
        sound = '<a href="{{ADDRESS}}">{{w_home}}</a><a href="/search?q={{TEXT:url_query_escape}}">{{>figure}}\n'
        found = self.faults(
            "templates",
            {
                "words/en.txt": "home = Home\n",
                "templates/pages/sound.html": directive + sound,
                "templates/pages/broken.html": directive + "\n" + "\n".join(broken),
                "templates/pages/bare.html": "<p>",
                "src/web/pages.cc": 'words.say("home"); words.say("away");\n',
            },
        )
        lines = [int(fault.split(":")[1]) for fault in found if "broken.html" in fault]
        self.assertEqual(lines, list(range(2, 2 + len(broken))), found)
        self.assertEqual(len(found), len(broken) + 2, found)

    def test_words_tell_what_a_catalogue_lacks_and_what_none_has(self):
        found = self.faults(
            "words",
            {
                "words/en.txt": "@called = English\nby = By {name}\nof = {n, plural, one {one} other {#}}\ngone = It is gone.\nold = Old\n",
                "words/de.txt": "@called = Deutsch\n@confirmed = no\nby = Von {whom}!\nof = {n, plural, other {#}}\nold = Alt\nmore = Mehr\n",
                "templates/pages/story.html": "<p>{{w_by}}</p>",
                "words/phrase.txt": "no catalogue",
                "src/person/people.cc": 'refuse("It is gone."); refuse("It is "\n  "lost."); phrase("refused_late");\n',
                "src/web/pages.cc": 'say("of", {});\n',
            },
        )
        self.assertEqual(
            found,
            [
                "words/en.txt:5: has old, which nothing says",
                "words/de.txt:2: has an unknown line in its head",
                "words/de.txt:3: by has other places to fill than in words/en.txt",
                "words/de.txt:1: lacks gone (words/en.txt says: It is gone.)",
                "words/de.txt:6: has more, which words/en.txt does not have",
                "words/de.txt:3: by has an exclamation mark",
                "words/de.txt:4: of lacks the plural forms one",
                'src/person/people.cc:1: says "It is lost.", which words/en.txt does not have',
                "src/person/people.cc:2: names refused_late, which words/en.txt does not have",
            ],
        )

    def test_routes_tell_one_made_by_hand_and_one_that_no_leak_matrix_asks_for(self):
        found = self.faults(
            "routes",
            {
                "src/web/routes.cc": 'row<Reading>(Method::get, "/stories/{id}", "a", p, &P::a),\n'
                'row<Member>(http::Method::post,\n    "/stories", "b", p, &P::b),\n',
                "src/web/extra.cc": 'const Route hidden{};\nrow(Method::get, "/x", "", p, &P::a),\n',
                "tests/journeys/leak_matrix_test.ts": 'const routes = ["GET /stories/{id}"];\n',
            },
        )
        self.assertEqual(len(found), 3, found)
        self.assertIn("src/web/extra.cc:1: makes a route by hand", found[0])
        self.assertIn("src/web/extra.cc:2: a row names its guard", found[1])
        self.assertIn('src/web/routes.cc:2: "POST /stories" stands in no leak matrix', found[2])

    def test_links_tell_one_that_leads_nowhere(self):
        found = self.faults("links", {"a.md": "[b](docs/b.md) [c](docs/c.md) [d](https://example.org)\n", "docs/b.md": ""})
        self.assertEqual(found, ["a.md:1: links to docs/c.md, which does not exist"])


if __name__ == "__main__":
    unittest.main()
