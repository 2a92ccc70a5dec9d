// Every input that is kept goes through its target: what a fuzzer once found stays mended.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz/targets.h"

namespace keepsake::fuzz {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class Fuzz : public testing::TestWithParam<Target> {};

TEST_P(Fuzz, KeepsItsPromise) {
  GetParam().run({});
  int inputs = 0;
  for (const auto& entry : fs::directory_iterator(fs::path("tests/fuzz/corpus") / GetParam().name)) {
    SCOPED_TRACE(entry.path().string());
    GetParam().run(as_byte_view(content_of(entry.path())));
    ++inputs;
  }
  EXPECT_GT(inputs, 0);
}

INSTANTIATE_TEST_SUITE_P(Every, Fuzz, testing::ValuesIn(targets),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace keepsake::fuzz
