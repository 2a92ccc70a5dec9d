// Random worlds, in which a naive oracle, the rule, its SQL, the lists and the kept decisions have to agree
// on every question. KEEPSAKE_SEED names the first world, KEEPSAKE_WORLDS how many.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "audience/decisions.h"
#include "audience/visibility.h"
#include "support/random_world.h"

namespace keepsake {
namespace {

using support::Looker;
using support::Number;
using support::RandomWorld;

struct Tally {
  long decisions = 0;
  long disagreements = 0;
  std::map<std::string, long> outcomes;  // what the oracle said of items, by whom it was about
};

std::string word(Outcome outcome) {
  static const std::vector<std::string> words = {"hidden", "gated", "descriptions", "open"};
  return words.at(static_cast<std::size_t>(outcome));
}

class Questions : public RandomWorld {
 public:
  Questions(db::Engine engine, std::uint64_t seed, Tally& tally) : RandomWorld(engine, seed), tally_(tally) {}

  void live(int steps) {
    for (int i = 1; i <= steps; ++i) {
      change();
      if (i % kept_every_ == 0) check_kept();
      check_some();
      if (i % 20 == 0) check_all();
    }
  }

 private:
  template <class T>
  void agree(const std::string& question, const T& oracle, const T& found, const Looker& looker) {
    ++tally_.decisions;
    if (oracle == found) return;
    ++tally_.disagreements;
    ADD_FAILURE() << question << ": the oracle says " << ::testing::PrintToString(oracle) << ", found "
                  << ::testing::PrintToString(found) << "; viewer: person "
                  << looker.in_world.person.value_or(0) << "; KEEPSAKE_SEED=" << seed_ << " on "
                  << (database_->engine() == db::Engine::sqlite ? "sqlite" : "postgres");
  }

  void check_kept_item(const Looker& looker, const Viewer& viewer, Number item) {
    const auto expected = oracle_.outcome(looker.in_world, item);
    const auto question = "item " + std::to_string(item);
    ++tally_.outcomes[(viewer.signed_in() ? "person: " : "guest: ") + expected];
    if (const auto known = decisions_.known(viewer, ItemId{item}))
      agree(question + " as known", expected, word(known->outcome), looker);
    agree(question + " as kept", expected, word(decisions_.of_item(viewer, {item}).outcome), looker);
  }

  void check_item(const Looker& looker, const Viewer& viewer, Number item) {
    check_kept_item(looker, viewer, item);
    const auto asked =
        database_->read([&](db::Reader& reader) { return visibility::of_item(reader, viewer, {item}); });
    agree("item " + std::to_string(item), oracle_.outcome(looker.in_world, item), word(asked.outcome),
          looker);
    EXPECT_EQ(asked.author,
              world_.items.count(item) > 0 && looker.in_world.person == world_.items[item].author);
  }

  std::string expected_of_photo(const Looker& looker, Number photo) {
    return oracle_.photo_is_visible(looker.in_world, photo) ? "open" : "hidden";
  }

  void check_kept_photo(const Looker& looker, const Viewer& viewer, Number photo, Number owner) {
    const auto kept = decisions_.of_photo(viewer, {photo}, {owner});
    agree("photo " + std::to_string(photo) + " as kept", expected_of_photo(looker, photo), word(kept.outcome),
          looker);
  }

  void check_photo(const Looker& looker, const Viewer& viewer, Number photo, Number owner) {
    check_kept_photo(looker, viewer, photo, owner);
    const auto asked = database_->read(
        [&](db::Reader& reader) { return visibility::of_photo(reader, viewer, {photo}, {owner}); });
    agree("photo " + std::to_string(photo), expected_of_photo(looker, photo), word(asked.outcome), looker);
  }

  template <class Next>
  std::vector<Number> paged(const Next& next) {
    std::vector<Number> items;
    std::optional<ListCursor> cursor;
    do {
      const auto page =
          database_->read([&](db::Reader& reader) { return next(reader, cursor, 1 + below(6)); });
      for (const auto item : page.items) items.push_back(item.value);
      cursor = page.next;
    } while (cursor && items.size() < 1'000);
    return items;
  }

  // A list decides about each item that there is.
  void agree_on_list(const std::string& question, const std::vector<Number>& oracle,
                     const std::vector<Number>& found, const Looker& looker) {
    tally_.decisions += static_cast<long>(world_.items.size()) - 1;
    agree(question, oracle, found, looker);
  }

  void check_lists(const Looker& looker, const Viewer& viewer) {
    agree_on_list("feed", oracle_.feed(looker.in_world),
                  paged([&](db::Reader& reader, const auto& cursor, int limit) {
                    return visibility::feed(reader, viewer, cursor, limit);
                  }),
                  looker);
    for (const auto author : world_.persons) check_author(looker, viewer, author);
  }

  void check_author(const Looker& looker, const Viewer& viewer, Number author) {
    const auto question = " of " + std::to_string(author);
    agree("stories" + question, oracle_.of_author(looker.in_world, author),
          paged([&](db::Reader& reader, const auto& cursor, int limit) {
            return visibility::of_author(reader, viewer, {author}, cursor, limit);
          }),
          looker);
    agree(
        "page" + question, oracle_.page_exists(looker.in_world, author),
        database_->read([&](db::Reader& reader) { return visibility::exists_for(reader, viewer, {author}); }),
        looker);
  }

  // Above all after a change that raised no epoch: then all of these are answered from what is kept.
  void check_kept() {
    for (const auto& looker : lookers_) {
      const auto viewer = viewer_of(looker);
      for (const auto& [item, facts] : world_.items) check_kept_item(looker, viewer, item);
      for (const auto& [photo, owner] : world_.photo_owners) check_kept_photo(looker, viewer, photo, owner);
    }
  }

  void check_some() {
    for (const auto& looker : lookers_) {
      const auto viewer = viewer_of(looker);
      for (int i = 0; i < 3; ++i) check_item(looker, viewer, any_item().id);
      const auto [photo, owner] = pick(world_.photo_owners);
      check_photo(looker, viewer, photo, owner);
    }
  }

  void check_all() {
    for (const auto& looker : lookers_) {
      const auto viewer = viewer_of(looker);
      for (const auto& [item, facts] : world_.items) check_item(looker, viewer, item);
      check_item(looker, viewer, 1'000'000);
      for (const auto& [photo, owner] : world_.photo_owners) check_photo(looker, viewer, photo, owner);
      check_lists(looker, viewer);
    }
  }

  Tally& tally_;
  const int kept_every_ = database_->engine() == db::Engine::sqlite ? 1 : 10;  // a question costs more there
  Decisions decisions_{*database_, server_.epoch, clock_, seed_ % 2 ? 32'768u : 512u};
};

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const auto* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

class VisibilityProperty : public ::testing::TestWithParam<db::Engine> {};

TEST_P(VisibilityProperty, rule_sql_lists_and_kept_decisions_agree_with_the_oracle) {
  const auto first = from_environment("KEEPSAKE_SEED", 1);
  const auto worlds = from_environment("KEEPSAKE_WORLDS", GetParam() == db::Engine::sqlite ? 4 : 2);
  Tally tally;
  for (auto seed = first; seed < first + worlds && !HasFatalFailure() && tally.disagreements < 20; ++seed)
    Questions(GetParam(), seed, tally).live(200);
  std::cout << "decisions: " << tally.decisions << ", disagreements: " << tally.disagreements << '\n';
  EXPECT_EQ(tally.disagreements, 0);
  for (const auto* who : {"person: ", "guest: "})
    for (const auto* outcome : {"hidden", "gated", "descriptions", "open"})
      EXPECT_GT(tally.outcomes[who + std::string(outcome)], 10 * static_cast<long>(worlds)) << who << outcome;
}

KEEPSAKE_ON_BOTH_ENGINES(VisibilityProperty);

}  // namespace
}  // namespace keepsake
