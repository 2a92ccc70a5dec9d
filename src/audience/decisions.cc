#include "audience/decisions.h"

#include <array>
#include <cstring>
#include <vector>

#include "audience/recent.h"
#include "base/hash.h"

namespace keepsake {
namespace {

constexpr std::size_t shard_count = 16;

// A viewer as far as a decision can depend on them: 128 bits of a digest over their person, their keys and
// the acceptances that count. All zero for nobody in particular.
struct Mark {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  bool operator==(const Mark&) const = default;
};

struct Question {
  Mark viewer;
  std::int64_t about = 0;
  bool photo = false;
  bool operator==(const Question&) const = default;
};

struct QuestionHash {
  std::size_t operator()(const Question& question) const noexcept {
    const auto about = static_cast<std::uint64_t>(question.about) * 2 + (question.photo ? 1 : 0);
    return question.viewer.high ^ (about * 0x9E37'79B9'7F4A'7C15u);
  }
};

struct Answer {
  Decision decision;
  std::optional<std::uint64_t> epoch;
};

bool is_nobody_in_particular(const Viewer& viewer) {
  return !viewer.signed_in() && viewer.keys.size() == 2 && viewer.keys[0] == Key::everyone() &&
         viewer.keys[1] == Key::door();
}

// The acceptances that count for one item, or for all where a photo may stand in any.
std::vector<std::int64_t> passes_that_count(const Viewer& viewer, std::optional<ItemId> item) {
  std::vector<std::int64_t> numbers;
  if (viewer.signed_in()) return numbers;
  for (const auto& pass : viewer.gate_passes) {
    if (item && pass.item != *item) continue;
    numbers.insert(numbers.end(),
                   {pass.item.value, pass.gate_version, static_cast<std::int64_t>(pass.accepted)});
  }
  return numbers;
}

Mark mark_of(const Viewer& viewer, std::optional<ItemId> item) {
  auto numbers = passes_that_count(viewer, item);
  if (numbers.empty() && is_nobody_in_particular(viewer)) return {};
  numbers.push_back(viewer.person ? viewer.person->value : 0);
  numbers.push_back(static_cast<std::int64_t>(viewer.keys.size()));
  for (const auto key : viewer.keys) numbers.push_back(key.packed());
  const auto digest = sha256(std::as_bytes(std::span(numbers)));
  Mark mark;
  std::memcpy(&mark, digest.data(), sizeof mark);
  return mark;
}

Question question(const Viewer& viewer, ItemId item) {
  return {mark_of(viewer, item), item.value, false};
}
Question question(const Viewer& viewer, PhotoId photo) {
  return {mark_of(viewer, std::nullopt), photo.value, true};
}

// What is hidden is asked anew each time, so that it takes as long as what never was. An acceptance at a gate
// takes effect at once without raising the epoch: what it could widen is not kept. Those of viewers who are
// not signed in come with them and are part of the question.
bool may_keep(const Viewer& viewer, const Decision& decision) {
  if (decision.outcome == Outcome::hidden) return false;
  return !viewer.signed_in() || decision.outcome == Outcome::open;
}

}  // namespace

struct Decisions::Kept {
  using Shard = Recent<Question, Answer, QuestionHash>;

  const Epoch& epoch;
  const Clock& clock;
  std::vector<std::unique_ptr<Shard>> shards;
  mutable std::atomic<std::uint64_t> hits = 0;
  mutable std::atomic<std::uint64_t> misses = 0;

  Kept(const Epoch& the_epoch, const Clock& the_clock, std::size_t most)
      : epoch(the_epoch), clock(the_clock) {
    for (std::size_t i = 0; i < shard_count; ++i)
      shards.push_back(std::make_unique<Shard>(most / shard_count));
  }

  Shard& shard(const Question& about) const { return *shards[QuestionHash{}(about) % shard_count]; }

  std::optional<Decision> find(const Question& about) const {
    const auto answer = shard(about).find(about);
    const bool holds = answer && epoch.still(answer->epoch) && clock.now() < answer->decision.until;
    (holds ? hits : misses).fetch_add(1, std::memory_order_relaxed);
    return holds ? std::optional(answer->decision) : std::nullopt;
  }

  // `viewer.epoch` was read before the viewer's keys were, and so before the facts of the decision.
  void keep(const Question& about, const Viewer& viewer, const Decision& decision) {
    if (viewer.epoch && may_keep(viewer, decision)) shard(about).put(about, {decision, viewer.epoch});
  }

  template <class Decide>
  Decision find_or(const Question& about, const Viewer& viewer, const Decide& decide_now) {
    if (const auto known = find(about)) return *known;
    const Decision decision = decide_now();
    keep(about, viewer, decision);
    return decision;
  }
};

Decisions::Decisions(db::Database& database, const Epoch& epoch, const Clock& clock, std::size_t most)
    : database_(database), kept_(std::make_unique<Kept>(epoch, clock, most)) {}

Decisions::~Decisions() = default;

Decision Decisions::of_item(const Viewer& viewer, ItemId item) {
  return kept_->find_or(question(viewer, item), viewer, [&] {
    return database_.read([&](db::Reader& reader) { return visibility::of_item(reader, viewer, item); });
  });
}

Decision Decisions::of_photo(const Viewer& viewer, PhotoId photo, PersonId owner) {
  return kept_->find_or(question(viewer, photo), viewer, [&] {
    return database_.read(
        [&](db::Reader& reader) { return visibility::of_photo(reader, viewer, photo, owner); });
  });
}

Decision Decisions::of_item(db::Reader& reader, const Viewer& viewer, ItemId item) {
  return kept_->find_or(question(viewer, item), viewer,
                        [&] { return visibility::of_item(reader, viewer, item); });
}

Decision Decisions::of_photo(db::Reader& reader, const Viewer& viewer, PhotoId photo, PersonId owner) {
  return kept_->find_or(question(viewer, photo), viewer,
                        [&] { return visibility::of_photo(reader, viewer, photo, owner); });
}

std::optional<Decision> Decisions::known(const Viewer& viewer, ItemId item) const {
  return kept_->find(question(viewer, item));
}

std::optional<Decision> Decisions::known(const Viewer& viewer, PhotoId photo) const {
  return kept_->find(question(viewer, photo));
}

Decisions::Counts Decisions::counts() const {
  Counts counts{kept_->hits, kept_->misses, 0};
  for (const auto& shard : kept_->shards) counts.kept += shard->size();
  return counts;
}

}  // namespace keepsake
