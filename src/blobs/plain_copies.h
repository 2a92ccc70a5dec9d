#pragma once
// Blobs that are asked for again and again, kept decrypted in memory for a while, ready to be sent as they
// lie there. Holding a copy decides nothing: whoever asks for one must have been let in by a decision of this
// very request.
//
// A copy is a memfd (memfd_create(2)), sealed against change: outside the program's own pages, so in no core
// dump, and gone with the process. Its pages count as shared memory, beside the program's own.
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

#include "base/clock.h"
#include "base/file.h"
#include "blobs/blob_store.h"

namespace keepsake::blobs {

// Thread-safe.
class PlainCopies {
 public:
  // Between two asks for a blob, for the second to be worth a copy: what is read once leaves no copy and
  // takes no other's place.
  static constexpr std::chrono::minutes again_within{2};
  // A copy that nobody asks for is forgotten after this, and a minute at most.
  static constexpr std::chrono::minutes unused_for{10};

  // Both outlive this. All copies together, with those forgotten and still being sent, take at most
  // `most_bytes`, one at most a quarter of it; 0: there are none.
  PlainCopies(const BlobStore& store, const Clock& clock, std::size_t most_bytes);
  ~PlainCopies();
  PlainCopies(const PlainCopies&) = delete;
  PlainCopies& operator=(const PlainCopies&) = delete;

  // The copy of that blob, or null. Never waits: fit for an I/O thread.
  SharedFile find(const PublicId& name);

  // The same, and makes one if the blob was asked for lately and there is room; null otherwise. Several who
  // ask at once wait for one of them to make it. Throws what reading the blob throws.
  struct Found {
    SharedFile file;
    bool made = false;  // by this call
  };
  Found find_or_make(const BlobRef& blob);

  // For a blob whose key is destroyed. A copy being made for somebody at this moment is not kept.
  void forget(const PublicId& name);
  // Forgets what nobody asked for in `unused_for`; called by a thread of its own every minute.
  void forget_unused();

  struct Counts {
    std::size_t bytes = 0;  // of all copies that are in memory
    std::size_t kept = 0;
    std::uint64_t hits = 0;
    std::uint64_t made = 0;
  };
  Counts counts() const;

 private:
  struct Copy {
    PublicId name;
    SharedFile file;
    Time used;
  };
  using Order = std::list<Copy>;  // the latest asked for first
  struct Making {
    bool done = false;
    bool forgotten = false;
    SharedFile file;
  };
  struct Asked;
  struct Budget;

  SharedFile find_locked(const PublicId& name);
  bool make_room(std::size_t bytes);
  void drop(Order::iterator copy);
  SharedFile make(const BlobRef& blob, std::shared_ptr<void> room) const;
  void finish(const PublicId& name, Making& making, SharedFile file);
  void start_sweeper();
  void sweep_until_stopped();

  const BlobStore& store_;
  const Clock& clock_;
  const std::size_t most_bytes_;
  const std::shared_ptr<Budget> budget_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Order order_;
  std::unordered_map<PublicId, Order::iterator> by_name_;
  std::unordered_map<PublicId, std::shared_ptr<Making>> making_;
  std::unique_ptr<Asked> asked_;
  std::uint64_t hits_ = 0, made_ = 0;
  bool stopping_ = false;
  std::thread sweeper_;
};

}  // namespace keepsake::blobs
