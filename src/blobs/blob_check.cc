#include "blobs/blob_check.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace keepsake::blobs {
namespace {

// Small enough to be hashed while it is in the processor's own memory, large enough to be read ahead of.
constexpr std::int64_t piece_size = 4 << 16;

bool is_of_the_file(int fault) {
  constexpr std::array faults{EIO, EACCES, EPERM, EISDIR, ENOTDIR, ENXIO, ENODATA, EBADMSG, EUCLEAN};
  return std::ranges::find(faults, fault) != faults.end();
}

}  // namespace

BlobState BlobCheck::state(const BlobStore& store, const BlobRef& blob,
                           const std::optional<Digest>& digest) try {
  return reads_whole(*store.open(blob), digest) ? BlobState::sound : BlobState::damaged;
} catch (const Missing&) {
  return BlobState::missing;
} catch (const Damaged&) {
  return BlobState::damaged;
} catch (const std::system_error& fault) {
  if (is_of_the_file(fault.code().value())) return BlobState::damaged;
  throw;
}

bool BlobCheck::reads_whole(BlobReader& reader, const std::optional<Digest>& digest) {
  std::optional<Sha256> hash;
  if (digest) hash.emplace();
  const auto most = static_cast<std::size_t>(std::min(reader.size(), piece_size));
  if (piece_.size() < most) piece_.resize(most);
  for (std::int64_t offset = 0; offset < reader.size();) {
    const std::int64_t wanted = std::min(reader.size() - offset, piece_size);
    if (pace_) pace_(wanted);
    const std::size_t got = reader.read(offset, std::span(piece_).first(static_cast<std::size_t>(wanted)));
    if (hash) hash->add(ByteView(piece_).first(got));
    offset += static_cast<std::int64_t>(got);
  }
  return !hash || hash->finish() == *digest;
}

}  // namespace keepsake::blobs
