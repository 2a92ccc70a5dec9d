// How long lists take: prints it, and asserts nothing about time. KEEPSAKE_STORIES says over how many stories
// (2,000): KEEPSAKE_STORIES=100000 test_audience --gtest_filter='*ListSpeed*'
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>

#include "support/audience_test.h"

namespace keepsake {
namespace {

constexpr std::int64_t circles = 1'000, authors = 50, first_published = 1'000'000;
constexpr auto numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) ";

// Every second story is by one author and public; the others are for members (one in ten) or a circle.
class ListSpeed : public support::AudienceTest {
 protected:
  void SetUp() override {
    for (int i = 1; i < authors; ++i) persons.add("author-" + std::to_string(i));
    const auto* text = std::getenv("KEEPSAKE_STORIES");
    stories_ = text ? std::atoll(text) : 2'000;
    write([&](db::Tx& tx) {
      tx.execute(
          std::string(numbers) +
              R"(INSERT INTO item (kind, author, state, published_at, has_notes, gate, gate_version, sealed)
                        SELECT 0, CASE WHEN i % 2 = 0 THEN 1 ELSE 4 + i % $2 END, 1, $3 + i, $4, $4, 1, $4 FROM n)",
          stories_, authors - 1, first_published, false);
      tx.execute(R"(INSERT INTO grants (item, grant_key, past_gate, author, published)
                    SELECT id, CASE WHEN id % 2 = 0 THEN 0 WHEN id % 10 = 1 THEN 2 ELSE (1 + id / 2 % $1) * 8 + 4 END,
                           has_notes, author, published_at FROM item)",
                 circles);
    });
    write([&](db::Tx& tx) { tx.execute("ANALYZE"); });
  }

  Viewer holding(PersonId person, std::int64_t keys) {
    auto viewer = nobody();
    if (keys > 2) {
      viewer.person = person;
      viewer.keys.push_back(Key::members());
    }
    for (std::int64_t i = 3; i < keys; ++i) viewer.keys.push_back(Key::circle({1 + i * circles / keys}));
    return viewer;
  }

  void time_feed(const std::string& what, const Viewer& viewer, bool deep) {
    std::vector<double> took;
    for (int i = 0; i < 200; ++i) {
      std::optional<ListCursor> after;
      if (deep) after = ListCursor{first_published + stories_ * (i + 1) / 201, {0}};
      const auto begin = std::chrono::steady_clock::now();
      const auto page = read([&](db::Reader& reader) { return visibility::feed(reader, viewer, after, 20); });
      took.push_back(
          std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
      EXPECT_TRUE(deep || page.items.size() == 20);
    }
    std::sort(took.begin(), took.end());
    std::cout << what << (deep ? ", deep" : "") << ": median " << took[100] << " ms, p99 " << took[197]
              << " ms\n";
  }

  std::int64_t stories_ = 0;
};

TEST_P(ListSpeed, of_the_feed_by_the_keys_held) {
  for (const bool deep : {false, true}) {
    time_feed("nobody", nobody(), deep);
    time_feed("20 keys", holding(ben, 20), deep);
    time_feed("500 keys", holding(ben, 500), deep);
  }
  const auto busiest =
      read([](db::Reader& reader) { return People::find(reader, PersonId{1}).value().name; });
  ASSERT_FALSE(audience.blocks.block(cleo, busiest).refused());
  time_feed("20 keys, blocked by the busiest", holding(cleo, 20), false);
  time_feed("500 keys, blocked by the busiest", holding(cleo, 500), false);
}

KEEPSAKE_ON_BOTH_ENGINES(ListSpeed);

}  // namespace
}  // namespace keepsake
