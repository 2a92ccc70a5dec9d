#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "base/text.h"
#include "cli/helpline_files.h"
#include "cli/run.h"
#include "helpline/directory.h"
#include "helpline/line_text.h"
#include "support/temporary_folder.h"

namespace keepsake::cli {
namespace {

namespace fs = std::filesystem;

struct Ran {
  int status;
  std::string out, err;
};

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void add_lines(std::multiset<std::string>& all, const std::string& content) {
  for (const std::string_view line : split(content, '\n')) all.emplace(line);
  all.erase("");
}

class HelplinesTest : public testing::Test {
 protected:
  Ran run(std::vector<std::string> words) {
    words.insert(words.begin(), {"keepsake", "helplines"});
    std::istringstream in;
    std::ostringstream out, err;
    Console console{in, out, err, false};
    const int status = cli::run(words, {}, console);
    return {status, out.str(), err.str()};
  }
  Ran check(std::vector<std::string> words) {
    words.insert(words.begin(), "check");
    words.insert(words.end(), {"--today", "2026-11-24"});
    return run(std::move(words));
  }
  std::string file(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name) << content;
    return (folder_ / name).string();
  }
  static std::string record(const std::string& id, const std::string& number, const std::string& dial) {
    return R"({"id":"gb-)" + id + R"(","country":"GB","name":"The Quiet Line","topics":[],"general":true,)" +
           R"("channels":[{"kind":"call","number":")" + number + R"(","dial":")" + dial + R"("}],)" +
           R"("sources":[{"address":"https://quiet.example/","read":"2026-11-24","own":true,)" +
           R"("quote":"call us"}],"sure":"provider"})" + "\n";
  }
  std::string to() const { return (folder_ / "export").string(); }
  support::TemporaryFolder folder_;
};

TEST_F(HelplinesTest, WhatTheProgramCarriesCanBeShown) {
  const Ran ran = check({});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_TRUE(contains(ran.out, "\nNZ "));
  EXPECT_TRUE(contains(ran.out, "\n     0  of them without a source\n"));
  EXPECT_TRUE(contains(ran.out, "\n     0  things that are grave\n"));
}

TEST_F(HelplinesTest, AMadeUpInternationalShortCodeIsRefused) {
  const std::string bad = file(
      "gb.jsonl", record("fine", "0800 000 000", "0800000000") + record("made-up", "116 123", "+44116123"));
  const Ran ran = check({bad});
  EXPECT_EQ(ran.status, 1);
  EXPECT_TRUE(contains(ran.out, bad + ":2: gb-made-up: +44116123 is a made-up international form"))
      << ran.out;
  EXPECT_FALSE(contains(ran.out, "gb-fine"));
  EXPECT_EQ(check({file("+.jsonl", record("made-up", "+1737", "+1737"))}).status, 1);
}

TEST_F(HelplinesTest, WhatCannotBeReadIsNamed) {
  std::string unknown = record("unknown", "1", "11"), without = record("without", "11", "11");
  unknown.insert(1, R"("price":"free",)");
  without.replace(without.find("\"sources\":["), without.find("],\"sure\"") - without.find("\"sources\":["),
                  "\"sources\":[");
  const std::string name = file("gb.jsonl", unknown + "\n" + without + "{\n");
  const Ran ran = check({folder_.path().string()});
  EXPECT_EQ(ran.status, 1);
  EXPECT_TRUE(contains(ran.out, name + ":1: gb-unknown: A field here")) << ran.out;
  EXPECT_TRUE(contains(ran.out, name + ":3: gb-without: sources: A record without a source"));
  EXPECT_TRUE(contains(ran.out, name + ":4: ?: This is not one JSON object"));
  EXPECT_TRUE(contains(ran.out, "     3  records that cannot be read\n     1  of them without a source\n"));
}

TEST_F(HelplinesTest, WhatIsMildIsToldAndTaken) {
  const std::string name = file("gb.jsonl", record("one", "11", "11") + record("two", "11", "11"));
  Ran ran = check({name});
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(contains(ran.out, name + ":2: gb-two: gb-one has the same number, 11.\n")) << ran.out;
  ran = run({"check", name, "--today", "2028-06-01"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(contains(ran.out, "     2  records older than 18 months\n")) << ran.out;
  EXPECT_TRUE(
      contains(run({"check", name, "--today", "2028-06-01", "--months", "24"}).out, "     0  records older"));
}

TEST_F(HelplinesTest, ForPrograms) {
  const std::string name = file("gb.jsonl", record("made-up", "116 123", "+44116123"));
  const Ran ran = check({name, "--json"});
  EXPECT_EQ(ran.status, 1);
  const auto said = boost::json::parse(ran.out).as_object();
  EXPECT_FALSE(said.at("sound").as_bool());
  EXPECT_EQ(said.at("countries").at("GB").at("provider").as_int64(), 1);
  const auto& fault = said.at("faults").as_array().at(0).as_object();
  EXPECT_EQ(fault.at("weight").as_string(), "grave");
  EXPECT_EQ(fault.at("line").to_number<int>(), 1);
  EXPECT_EQ(fault.at("id").as_string(), "gb-made-up");
}

TEST_F(HelplinesTest, MisuseHasStatusTwo) {
  EXPECT_EQ(check({(folder_ / "nothing.jsonl").string()}).status, 2);
  EXPECT_EQ(check({folder_.path().string()}).status, 2);
  EXPECT_EQ(run({"check", "--today", "yesterday"}).status, 2);
  EXPECT_EQ(run({"check", "--months", "0"}).status, 2);
  EXPECT_EQ(run({"export"}).status, 2);
  EXPECT_EQ(run({}).status, 2);
}

TEST_F(HelplinesTest, AnExportIsWhatTheProgramCarries) {
  const Ran ran = run({"export", "--to", to()});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const auto lines = embedded_lines();
  EXPECT_EQ(ran.out, "Wrote " + std::to_string(lines.size()) + " records to " + to() + ".\n");
  std::multiset<std::string> carried, written;
  for (const HelplineFile& each : helpline_files({})) add_lines(carried, each.content);
  add_lines(written, content_of(to() + "/all.jsonl"));
  EXPECT_EQ(written, carried);
  const auto countries = boost::json::parse(content_of(to() + "/countries.json")).as_array();
  std::size_t records = 0;
  for (const auto& country : countries) {
    const std::string name(country.at("file").as_string());
    const auto kept = boost::json::parse(content_of(to() + "/" + name)).as_array();
    EXPECT_EQ(kept.size(), country.at("records").to_number<std::size_t>()) << name;
    records += kept.size();
  }
  EXPECT_EQ(records, lines.size());
}

TEST_F(HelplinesTest, AnExportsPageHoldsEveryLine) {
  ASSERT_EQ(run({"export", "--to", to()}).status, 0);
  const std::string page = content_of(to() + "/index.html");
  const Directory directory(embedded_lines());
  EXPECT_EQ(count_of(page, "<h2 "), directory.every_country().size() + 1);
  EXPECT_EQ(count_of(page, "<h3 "), directory.lines().size());
  for (const std::string_view part : {"<script", "<link", "<img", "src="}) EXPECT_FALSE(contains(page, part));
  for (const Line& line : directory.lines()) {
    EXPECT_TRUE(contains(page, "<h3 id=\"" + line.id + "\"")) << line.id;
    for (const Channel& channel : line.channels)
      EXPECT_TRUE(contains(page, ">" + channel.number + "</")) << line.id << " " << channel.number;
  }
  EXPECT_TRUE(contains(page, "<a href=\"tel:0800543354\" dir=\"ltr\">0800 543 354</a>"));
  EXPECT_TRUE(contains(page, "Open day and night"));
}

TEST_F(HelplinesTest, AnExportRefusesADirectoryOfOthers) {
  fs::create_directory(to());
  std::ofstream(to() + "/letter.txt") << "mine";
  const Ran ran = run({"export", "--to", to()});
  EXPECT_EQ(ran.status, 1);
  EXPECT_TRUE(contains(ran.err, "holds other things"));
  EXPECT_EQ(std::distance(fs::directory_iterator(to()), {}), 1);
  EXPECT_EQ(run({"export", "--to", file("file", "")}).status, 1);
}

TEST_F(HelplinesTest, AnExportIsWrittenAnew) {
  ASSERT_EQ(run({"export", "--to", to()}).status, 0);
  std::ofstream(to() + "/qq.json") << "[]";
  std::ofstream(to() + "/nz.json") << "cut of";
  std::ofstream(to() + "/nz.json.new") << "cut off";
  std::ofstream(to() + "/letter.txt") << "mine";
  ASSERT_EQ(run({"export", "--to", to()}).status, 0);
  EXPECT_FALSE(fs::exists(to() + "/qq.json"));
  EXPECT_FALSE(fs::exists(to() + "/nz.json.new"));
  EXPECT_TRUE(fs::exists(to() + "/letter.txt"));
  EXPECT_FALSE(boost::json::parse(content_of(to() + "/nz.json")).as_array().empty());
}

}  // namespace
}  // namespace keepsake::cli
