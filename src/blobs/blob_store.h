#pragma once
// Where photos' bytes lie: encrypted files that cannot be read without a key kept elsewhere.
//
// A blob's name is 128 random bits. Its bytes are sealed in chunks of 64 KiB by AES-256-GCM under a key of
// its own, the name and the chunk's place bound in, so that chunks cannot be swapped, cut or joined. The key
// itself is wrapped by the instance key and kept by the caller (in the database): destroying it destroys the
// blob.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>

#include "base/bytes.h"
#include "base/file.h"
#include "base/id.h"
#include "blobs/instance_key.h"

namespace keepsake::blobs {

// What the database keeps of a blob.
struct BlobRef {
  PublicId name;
  Bytes wrapped_key;
  std::int64_t size = 0;  // of the plain bytes
};

// A blob being read, at any place. Not thread-safe; each reader opens its own.
class BlobReader {
 public:
  virtual ~BlobReader() = default;
  virtual std::int64_t size() const = 0;
  // Reads up to `into.size()` bytes from `offset`; fewer only at the end. Throws Damaged if a chunk does not
  // open.
  virtual std::size_t read(std::int64_t offset, std::span<std::byte> into) = 0;
};

// A blob being written. Destroyed without keep(), it leaves nothing behind.
class BlobWriter {
 public:
  virtual ~BlobWriter() = default;
  virtual void write(ByteView bytes) = 0;
  // Makes it durable (file fsynced, renamed, folder fsynced) and returns what to keep in the database.
  virtual BlobRef keep() = 0;
};

struct Damaged : std::runtime_error {
  using runtime_error::runtime_error;
};
struct Missing : std::runtime_error {
  using runtime_error::runtime_error;
};
struct DiskFull : std::runtime_error {
  using runtime_error::runtime_error;
};

class BlobStore {
 public:
  virtual ~BlobStore() = default;
  virtual std::unique_ptr<BlobWriter> create() = 0;
  virtual std::unique_ptr<BlobReader> open(const BlobRef& blob) const = 0;
  // Durable on return. Removing what is not there is no fault.
  virtual void remove(const PublicId& name) = 0;
  // Every blob that is there: those whose names begin with the same two letters together, else in no order.
  virtual void for_each(const std::function<void(const PublicId& name)>& each) const = 0;

  // A blob's file as it lies there, encrypted, to be copied bit for bit. Throws Missing, and Damaged where a
  // link lies in its place.
  virtual Descriptor file(const PublicId& name) const = 0;
  // Puts a copy of `file` in the place of what lies there or should. Durable on return; whoever reads what
  // lay there reads it to its end. Throws DiskFull.
  virtual void replace(const PublicId& name, const Descriptor& file) = 0;
};

// `directory/ab/NAME` files below `directory`, unfinished ones in `temporary` (same file system; emptied at
// start).
std::unique_ptr<BlobStore> open_file_store(const std::filesystem::path& directory,
                                           const std::filesystem::path& temporary, const InstanceKey& key);

}  // namespace keepsake::blobs
