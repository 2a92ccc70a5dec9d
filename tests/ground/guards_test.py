"""A route without a guard, or with another than its handler asks for, does not compile."""
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

ROUTE = """
#include "web/route.h"
namespace keepsake::web {{
struct Page {{
  http::Response open(Ask&) const;
  http::Response read(Ask&, const Reading&) const;
  http::Response write(Ask&, const Member&) const;
}};
Route made(const Page& page) {{ return {row}; }}
}}
"""


class Guards(unittest.TestCase):
    def compile(self, row: str):
        """(compiled, what the compiler said)"""
        run = subprocess.run(
            ["g++", "-std=c++20", "-fsyntax-only", f"-I{ROOT}/src", "-x", "c++", "-"],
            input=ROUTE.format(row=row), capture_output=True, text=True,
        )
        return run.returncode == 0, run.stderr

    def row(self, guard: str, handler: str):
        return self.compile(f'row{guard}(http::Method::get, "/x", "", page, &Page::{handler})')

    def test_a_route_with_its_handlers_guard_compiles(self):
        compiled, said = self.row("<Member>", "write")
        self.assertTrue(compiled, said)

    def test_a_handler_that_asks_for_no_guard_fits_no_route(self):
        self.assertFalse(self.row("", "open")[0])
        self.assertFalse(self.row("<Reading>", "open")[0])

    def test_a_weaker_guard_than_the_handlers_does_not_compile(self):
        self.assertFalse(self.row("<Reading>", "write")[0])

    def test_a_proof_cannot_be_made_by_hand(self):
        compiled, said = self.compile("(page.write(*static_cast<Ask*>(nullptr), Member()), Route())")
        self.assertFalse(compiled)
        self.assertIn("protected within this context", said)


if __name__ == "__main__":
    unittest.main()
