#include "upkeep/verification.h"

#include <exception>
#include <future>
#include <mutex>
#include <utility>
#include <vector>

#include "base/log.h"
#include "upkeep/orphans.h"
#include "upkeep/run_store.h"
#include "upkeep/verification_store.h"

namespace keepsake {
namespace {

using blobs::BlobState;

constexpr int page_size = 256;

// Every blob in the order of its row, a page of the database at a time; for several threads.
class Rows {
 public:
  explicit Rows(db::Database& database, std::int64_t after = 0) : database_(database), after_(after) {}

  // Nothing at the end.
  std::optional<KeptBlob> next() {
    const std::lock_guard lock(mutex_);
    if (stopped_) return std::nullopt;
    if (at_ == page_.size()) {
      page_ = database_.read(
          [&](db::Reader& reader) { return kept_blob_store::page(reader, after_, page_size); });
      at_ = 0;
    }
    if (page_.empty()) return std::nullopt;
    after_ = page_[at_].row;
    return std::move(page_[at_++]);
  }
  // For all threads, where one of them failed.
  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }

 private:
  db::Database& database_;
  std::mutex mutex_;
  std::int64_t after_;
  std::vector<KeptBlob> page_;
  std::size_t at_ = 0;
  bool stopped_ = false;
};

void count(VerifyCounts& counts, const KeptBlob& kept, const Looked& looked) {
  if (looked.gone) return;
  ++counts.files;
  counts.bytes += kept.blob.size;
  counts.missing += looked.state == BlobState::missing;
  counts.damaged += looked.state == BlobState::damaged;
  counts.repaired += looked.repaired;
  counts.copied += looked.mirrored == Mirrored::copied;
  counts.mended += looked.mirrored == Mirrored::mended;
  counts.unmirrored += looked.mirrored == Mirrored::failed;
}

void tell(const VerifyOptions& options, const KeptBlob& kept, const Looked& looked) {
  if (!options.found || looked.gone || looked.state == BlobState::sound) return;
  options.found({.what = looked.state == BlobState::missing ? Found::What::missing : Found::What::damaged,
                 .mended = looked.repaired,
                 .blob = kept.blob.name,
                 .part = kept.part});
}

void log_finding(const KeptBlob& kept, const Looked& looked) {
  log_warning("blob not whole", {{"blob", kept.blob.name.text()},
                                 {"is", looked.state == BlobState::missing ? "missing" : "damaged"},
                                 {"repaired", looked.repaired}});
}

void look_at_each(Rows& rows, BlobCare& care, blobs::BlobStore* mirror,
                  const std::function<void(const KeptBlob&, const Looked&)>& told) try {
  while (const auto kept = rows.next()) told(*kept, care.look_at(*kept, mirror));
} catch (...) {
  rows.stop();
  throw;
}

}  // namespace

bool VerifyResult::sound() const {
  const bool mirrored = mirror == MirrorState::none || mirror == MirrorState::ready;
  return counts.missing + counts.damaged == counts.repaired && counts.unmirrored == 0 && mirrored;
}

struct Verification::Going {
  verification_store::Round round;
  Time noted;
  std::unique_ptr<blobs::BlobStore> mirror;
};

Verification::Verification(const Uses& uses)
    : database_(uses.database),
      blobs_(uses.blobs),
      digests_(uses.key),
      mirror_(uses.mirror),
      clock_(uses.clock) {}

VerifyResult Verification::run(const VerifyOptions& options) {
  VerifyResult sum{.begun = clock_.now()};
  {
    const auto mirror = mirror_.open();
    sum.mirror = mirror_.state();
    Rows rows(database_);
    std::mutex mutex;
    const auto told = [&](const KeptBlob& kept, const Looked& looked) {
      const std::lock_guard lock(mutex);
      count(sum.counts, kept, looked);
      tell(options, kept, looked);
      if (options.progress) options.progress(sum.counts);
    };
    const auto work = [&] {
      BlobCare care(database_, blobs_, digests_);
      look_at_each(rows, care, mirror.get(), told);
    };
    std::vector<std::future<void>> others;
    for (int i = 1; i < options.threads; ++i) others.push_back(std::async(std::launch::async, work));
    work();
    for (auto& other : others) other.get();
  }
  look_for_orphans(sum, options);
  finish(sum, false);
  return sum;
}

void Verification::go_on(const blobs::Pace& pace) {
  auto going = take_round();
  if (!going) return;
  try {
    look_further(*going, pace);
  } catch (...) {
    note(*going, Time());  // another may go on at once
    throw;
  }
  going->mirror.reset();
  look_for_orphans(going->round.sum, {});
  finish(going->round.sum, true);
}

std::optional<Verification::Going> Verification::take_round() {
  const Time now = clock_.now();
  const auto due = [&](db::Reader& reader) {
    if (verification_store::is_held(reader, now)) return false;
    const auto before = verification_store::last(reader);
    return verification_store::round(reader) || !before || before->ended + interval <= now;
  };
  if (!database_.read(due)) return std::nullopt;
  return database_.write([&](db::Tx& tx) -> std::optional<Going> {
    if (!due(tx)) return std::nullopt;
    auto round = verification_store::round(tx).value_or(verification_store::Round{.sum = {.begun = now}});
    verification_store::keep_round(tx, round, now + lease);
    return Going{.round = round, .noted = now, .mirror = nullptr};
  });
}

void Verification::look_further(Going& going, const blobs::Pace& pace) {
  VerifyResult& sum = going.round.sum;
  BlobCare care(database_, blobs_, digests_, pace);
  Rows rows(database_, going.round.place);
  note(going, clock_.now() + lease);
  while (const auto kept = rows.next()) {
    const Looked looked = care.look_at(*kept, going.mirror.get());
    count(sum.counts, *kept, looked);
    if (looked.state != BlobState::sound) log_finding(*kept, looked);
    going.round.place = kept->row;
    if (clock_.now() - going.noted >= noted_each) note(going, clock_.now() + lease);
  }
}

// Opens the mirror anew each time, so that its disk can be taken away in between, and come back.
void Verification::note(Going& going, Time leased) {
  going.noted = clock_.now();
  going.mirror.reset();
  if (leased > going.noted) going.mirror = mirror_.open();
  going.round.sum.mirror = mirror_.state();
  database_.write([&](db::Tx& tx) { verification_store::keep_round(tx, going.round, leased); });
}

void Verification::look_for_orphans(VerifyResult& sum, const VerifyOptions& options) {
  look_for_orphans_in(blobs_, false, sum, options);
  if (const auto mirror = mirror_.open()) try {
      look_for_orphans_in(*mirror, true, sum, options);
    } catch (const std::system_error&) {
      log_warning("mirror not read");
      sum.mirror = MirrorState::absent;
    }
}

void Verification::look_for_orphans_in(blobs::BlobStore& store, bool in_mirror, VerifyResult& sum,
                                       const VerifyOptions& options) {
  for_each_orphan(database_, store, clock_.now(), [&](const PublicId& name) {
    ++sum.counts.orphans;
    if (options.remove_orphans) {
      store.remove(name);
      ++sum.counts.removed;
    }
    if (options.found)
      options.found({.what = Found::What::orphan,
                     .mended = options.remove_orphans,
                     .blob = name,
                     .part = std::nullopt,
                     .in_mirror = in_mirror});
  });
}

void Verification::finish(VerifyResult& sum, bool is_round) {
  sum.ended = clock_.now();
  database_.write([&](db::Tx& tx) {
    verification_store::keep_last(tx, sum);
    upkeep::note(tx, Upkeep::verification, {sum.ended, sum.sound()});
    if (is_round) verification_store::end_round(tx);
  });
}

std::int64_t Verification::fill_mirror(const blobs::Pace& pace) {
  const auto mirror = mirror_.open();
  if (!mirror) return 0;
  BlobCare care(database_, blobs_, digests_, pace);
  Rows rows(database_);
  std::int64_t copied = 0;
  while (const auto kept = rows.next()) copied += care.copy_if_missing(*kept, *mirror) == Mirrored::copied;
  return copied;
}

BlobSum Verification::kept() const {
  return database_.read([](db::Reader& reader) { return kept_blob_store::sum(reader); });
}

std::optional<VerifyResult> Verification::last(db::Reader& reader) {
  return verification_store::last(reader);
}

}  // namespace keepsake
