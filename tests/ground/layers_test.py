"""The layers are enforced by the build itself: an include that points upward ends it."""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

CMAKE = """cmake_minimum_required(VERSION 3.25)
project(house LANGUAGES CXX)
list(APPEND CMAKE_MODULE_PATH ${{CMAKE_SOURCE_DIR}}/cmake)
find_package(Threads REQUIRED)
add_library(keepsake_lib_sqlite3 INTERFACE)
include(module)
keepsake_module(low)
keepsake_module(high USES {high_uses} LIBS sqlite3)
"""


class House:
    """A house of two floors built by the project's own cmake/module.cmake."""

    def __init__(self, high_uses="low"):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="keepsake-house."))
        for folder in ("cmake", "tools"):
            shutil.copytree(ROOT / folder, self.root / folder)
        self.write("CMakeLists.txt", CMAKE.format(high_uses=high_uses))
        self.write("src/low/low.h", "#pragma once\nint low();\n")
        self.write("src/low/low.cc", '#include "low/low.h"\nint low() { return 1; }\n')
        self.write("src/high/high.h", "#pragma once\nint high();\n")
        self.write("src/high/high.cc", '#include "high/high.h"\n#include "low/low.h"\nint high() { return low(); }\n')

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def build(self):
        """(succeeded, everything that was printed)"""
        output = ""
        for step in (["cmake", "-G", "Ninja", "-S", ".", "-B", "build"], ["cmake", "--build", "build"]):
            run = subprocess.run(step, cwd=self.root, capture_output=True, text=True)
            output += run.stdout + run.stderr
            if run.returncode:
                return False, output
        return True, output


class Layers(unittest.TestCase):
    def house(self, **options):
        house = House(**options)
        self.addCleanup(shutil.rmtree, house.root)
        return house

    def test_a_house_in_order_builds(self):
        built, output = self.house().build()
        self.assertTrue(built, output)

    def test_an_upward_include_fails_the_build(self):
        house = self.house()
        house.write("src/low/low.cc", '#include "low/low.h"\n#include "high/high.h"\nint low() { return high(); }\n')
        built, output = house.build()
        self.assertFalse(built)
        self.assertIn('src/low/low.cc:2: low may not use high ("high/high.h")', output)

    def test_a_library_of_another_module_fails_the_build(self):
        house = self.house()
        house.write("src/low/low.cc", '#include "low/low.h"\n#include <sqlite3.h>\nint low() { return 1; }\n')
        built, output = house.build()
        self.assertFalse(built)
        self.assertIn("src/low/low.cc:2: low may not use sqlite3 (<sqlite3.h>)", output)

    def test_a_use_that_does_not_stand_below_is_refused(self):
        built, output = self.house(high_uses="attic").build()
        self.assertFalse(built)
        self.assertIn("module high uses attic, which does not stand below it", output)

    def test_a_new_upward_include_fails_the_next_build_too(self):
        house = self.house()
        self.assertTrue(house.build()[0])
        house.write("src/low/low.h", '#pragma once\n#include "high/high.h"\nint low();\n')
        self.assertFalse(house.build()[0])


if __name__ == "__main__":
    unittest.main()
