// A blob's file that somebody changed: reading refuses it or gives what was written, and never other bytes.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "blobs/blob_file.h"
#include "blobs/blob_format.h"
#include "fuzz/targets.h"

namespace keepsake::fuzz {
namespace {

using namespace blobs;

constexpr std::size_t plain_size = 2 * 65'536 + 100;

const Digest key{std::byte{5}};
const PublicId name = PublicId::from_bytes(Bytes(16, std::byte{9}));

Bytes plain_bytes() {
  Bytes plain(plain_size);
  for (std::size_t at = 0; at < plain.size(); ++at) plain[at] = static_cast<std::byte>(at * 31 + at / 251);
  return plain;
}

// The file as it is written: three chunks.
Bytes honest_file(const Bytes& plain) {
  Bytes file(blob_header.begin(), blob_header.end());
  Aead aead(key);
  const auto chunks = chunk_count(static_cast<std::int64_t>(plain.size()));
  for (std::int64_t number = 0; number < chunks; ++number) {
    const auto begin = static_cast<std::size_t>(number * chunk_size);
    const auto size = std::min<std::size_t>(chunk_size, plain.size() - begin);
    Bytes chunk(plain.begin() + static_cast<std::ptrdiff_t>(begin),
                plain.begin() + static_cast<std::ptrdiff_t>(begin + size));
    const auto tag = aead.seal(chunk_nonce(number, number + 1 == chunks), chunk_associated(name), chunk);
    file.insert(file.end(), chunk.begin(), chunk.end());
    file.insert(file.end(), tag.begin(), tag.end());
  }
  return file;
}

// Eats numbers from the input; zeros once it is used up.
class Choices {
 public:
  explicit Choices(ByteView input) : input_(input) {}
  bool empty() const { return input_.empty(); }
  std::size_t next(std::size_t bytes) {
    std::size_t number = 0;
    for (; bytes > 0 && !input_.empty(); --bytes, input_ = input_.subspan(1))
      number = number << 8 | static_cast<std::size_t>(input_.front());
    return number;
  }

 private:
  ByteView input_;
};

// Changes a byte, cuts the end off, adds to it, or lays one stretch over another.
void tamper(Bytes& file, Choices& choices) {
  const std::size_t at = choices.next(3) % (file.size() + 1);
  switch (choices.next(1) % 4) {
    case 0:
      if (at < file.size()) file[at] ^= static_cast<std::byte>(choices.next(1));
      return;
    case 1:
      return file.resize(at);
    case 2:
      return file.resize(file.size() + choices.next(1));
    default:
      const std::size_t from = choices.next(3) % (file.size() + 1);
      const std::size_t size = std::min({choices.next(3), file.size() - from, file.size() - at});
      if (size > 0) std::memmove(file.data() + at, file.data() + from, size);
  }
}

void check_read(BlobReader& reader, const Bytes& plain, std::size_t offset, std::size_t size) {
  Bytes into(size);
  const std::size_t count = reader.read(static_cast<std::int64_t>(offset), into);
  const std::size_t left = offset < plain.size() ? plain.size() - offset : 0;
  must(count == std::min(size, left), "as many bytes as there are");
  must(std::equal(into.begin(), into.begin() + static_cast<std::ptrdiff_t>(count),
                  plain.begin() + static_cast<std::ptrdiff_t>(std::min(offset, plain.size()))),
       "the bytes that were written");
}

Descriptor file_of(const Bytes& bytes) {
  static const int memory = ::memfd_create("blob", MFD_CLOEXEC);
  must(::ftruncate(memory, 0) == 0 && ::pwrite(memory, bytes.data(), bytes.size(), 0) >= 0, "memory");
  return Descriptor(::dup(memory));
}

}  // namespace

void blob(ByteView input) {
  static const Bytes plain = plain_bytes();
  static const Bytes honest = honest_file(plain);
  Choices choices(input);
  Bytes file = honest;
  for (std::size_t changes = choices.next(1) % 4; changes > 0; --changes) tamper(file, choices);
  try {
    const auto reader =
        read_blob_file(file_of(file), {name, {}, static_cast<std::int64_t>(plain.size())}, key);
    for (int reads = 0; reads < 3; ++reads) {
      const std::size_t offset = choices.next(3) % (plain.size() + 10);
      check_read(*reader, plain, offset, choices.next(2));
    }
    check_read(*reader, plain, 0, plain.size());
    must(file == honest, "a file that reads to its end is the one that was written");
  } catch (const Damaged&) {
    must(file != honest, "an honest file is not refused");
  }
}

}  // namespace keepsake::fuzz
