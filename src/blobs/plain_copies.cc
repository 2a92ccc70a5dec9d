#include "blobs/plain_copies.h"

#include <fcntl.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <functional>
#include <system_error>
#include <utility>
#include <vector>

#include "base/log.h"

namespace keepsake::blobs {
namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t piece = 256 * 1024;
constexpr std::size_t most_part = 4;  // one copy takes at most this part of the whole
constexpr std::chrono::minutes sweep_interval{1};

// Linux 6.3; the C library of Debian 12 has no name for it.
constexpr unsigned never_executable = 0x0008U;

std::size_t memory_of(std::int64_t size) {
  return (static_cast<std::size_t>(size) + page - 1) / page * page;
}

Descriptor new_memory_file() {
  int file = ::memfd_create("copy", MFD_CLOEXEC | MFD_ALLOW_SEALING | never_executable);
  if (file < 0 && errno == EINVAL) file = ::memfd_create("copy", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (file < 0) throw_errno("memfd_create");
  return Descriptor(file);
}

void copy_into(const Descriptor& file, BlobReader& reader) {
  std::vector<std::byte> bytes(std::min(piece, static_cast<std::size_t>(reader.size())));
  for (std::int64_t at = 0; at < reader.size();) {
    const std::size_t count = reader.read(at, bytes);
    if (count == 0) throw Damaged("a blob ends before its size");
    write_at(file, at, ByteView(bytes).first(count));
    at += static_cast<std::int64_t>(count);
  }
  constexpr int as_it_is = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  if (::fcntl(file.get(), F_ADD_SEALS, as_it_is) != 0) throw_errno("sealing a memfd");
}

// A copy with the room it takes, given back when the last reader lets go.
struct RoomyFile : OpenFile {
  std::shared_ptr<void> room;
};

}  // namespace

// What copies take, also those that are forgotten and still being sent.
struct PlainCopies::Budget {
  std::atomic<std::size_t> taken = 0;

  static std::shared_ptr<void> take(const std::shared_ptr<Budget>& budget, std::size_t bytes) {
    budget->taken += bytes;
    return {nullptr, [budget, bytes](void*) { budget->taken -= bytes; }};
  }
};

// Which blobs were asked for lately, in a table of fixed size: where two meet, the later one stays.
struct PlainCopies::Asked {
  struct Slot {
    PublicId name;
    Time when{};
  };
  std::array<Slot, 4096> slots;

  // Notes this time; whether there was one lately.
  bool again(const PublicId& name, Time now) {
    Slot& slot = slots[std::hash<PublicId>()(name) % slots.size()];
    const bool lately = slot.name == name && now - slot.when <= again_within;
    slot = {name, now};
    return lately;
  }
};

PlainCopies::PlainCopies(const BlobStore& store, const Clock& clock, std::size_t most_bytes)
    : store_(store), clock_(clock), most_bytes_(most_bytes), budget_(std::make_shared<Budget>()) {}

PlainCopies::~PlainCopies() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (sweeper_.joinable()) sweeper_.join();
}

SharedFile PlainCopies::find(const PublicId& name) {
  const std::lock_guard lock(mutex_);
  return find_locked(name);
}

SharedFile PlainCopies::find_locked(const PublicId& name) {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return nullptr;
  ++hits_;
  found->second->used = clock_.now();
  order_.splice(order_.begin(), order_, found->second);
  return found->second->file;
}

PlainCopies::Found PlainCopies::find_or_make(const BlobRef& blob) {
  const std::size_t bytes = memory_of(blob.size);
  if (blob.size <= 0 || bytes > most_bytes_ / most_part) return {};
  std::unique_lock lock(mutex_);
  if (auto file = find_locked(blob.name)) return {std::move(file)};
  if (const auto found = making_.find(blob.name); found != making_.end()) {
    const auto making = found->second;
    changed_.wait(lock, [&] { return making->done; });
    return {making->file};
  }
  if (!asked_) asked_ = std::make_unique<Asked>();
  if (!asked_->again(blob.name, clock_.now()) || !make_room(bytes)) return {};
  const auto making = std::make_shared<Making>();
  making_.emplace(blob.name, making);
  auto room = Budget::take(budget_, bytes);
  lock.unlock();
  try {
    finish(blob.name, *making, make(blob, std::move(room)));
  } catch (...) {
    finish(blob.name, *making, nullptr);
    throw;
  }
  return {making->file, making->file != nullptr};
}

// Null if the system has no memory or descriptor left for it.
SharedFile PlainCopies::make(const BlobRef& blob, std::shared_ptr<void> room) const try {
  const auto reader = store_.open(blob);
  auto copy = std::make_shared<RoomyFile>();
  copy->descriptor = new_memory_file();
  copy->size = static_cast<std::uint64_t>(blob.size);
  copy->room = std::move(room);
  copy_into(copy->descriptor, *reader);
  return copy;
} catch (const std::system_error& error) {
  log_warning("no copy in memory", {{"error", error.what()}});
  return nullptr;
}

void PlainCopies::finish(const PublicId& name, Making& making, SharedFile file) {
  {
    const std::lock_guard lock(mutex_);
    making_.erase(name);
    if (file && !making.forgotten) {
      order_.push_front({name, file, clock_.now()});
      by_name_.emplace(name, order_.begin());
      ++made_;
      start_sweeper();
    }
    making.file = std::move(file);
    making.done = true;
  }
  changed_.notify_all();
}

// Forgets copies, the one asked for longest ago first, until there is room; those being sent stay, since
// forgetting them would free nothing yet. False, with nothing forgotten, if there is no room to be had.
bool PlainCopies::make_room(std::size_t bytes) {
  std::size_t taken = budget_->taken;
  std::vector<Order::iterator> leaving;
  for (auto copy = order_.end(); taken + bytes > most_bytes_ && copy != order_.begin();) {
    --copy;
    if (copy->file.use_count() > 1) continue;
    taken -= std::min(taken, memory_of(static_cast<std::int64_t>(copy->file->size)));
    leaving.push_back(copy);
  }
  if (taken + bytes > most_bytes_) return false;
  for (const auto copy : leaving) drop(copy);
  return true;
}

void PlainCopies::drop(Order::iterator copy) {
  by_name_.erase(copy->name);
  order_.erase(copy);
}

void PlainCopies::forget(const PublicId& name) {
  const std::lock_guard lock(mutex_);
  if (const auto making = making_.find(name); making != making_.end()) making->second->forgotten = true;
  if (const auto found = by_name_.find(name); found != by_name_.end()) drop(found->second);
}

void PlainCopies::forget_unused() {
  const std::lock_guard lock(mutex_);
  const Time limit = clock_.now() - unused_for;
  while (!order_.empty() && order_.back().used <= limit) drop(std::prev(order_.end()));
}

void PlainCopies::start_sweeper() {
  if (!sweeper_.joinable() && !stopping_) sweeper_ = std::thread([this] { sweep_until_stopped(); });
}

void PlainCopies::sweep_until_stopped() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, sweep_interval, [this] { return stopping_; })) {
    lock.unlock();
    forget_unused();
    lock.lock();
  }
}

PlainCopies::Counts PlainCopies::counts() const {
  const std::lock_guard lock(mutex_);
  return {budget_->taken, order_.size(), hits_, made_};
}

}  // namespace keepsake::blobs
