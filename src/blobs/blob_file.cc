#include "blobs/blob_file.h"

#include <sys/stat.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "blobs/blob_format.h"

namespace keepsake::blobs {
namespace {

class FileReader final : public BlobReader {
 public:
  FileReader(Descriptor file, const BlobRef& blob, const Digest& key)
      : file_(std::move(file)), size_(blob.size), aead_(key), associated_(chunk_associated(blob.name)) {
    check_form();
  }

  std::int64_t size() const override { return size_; }

  std::size_t read(std::int64_t offset, std::span<std::byte> into) override {
    if (offset < 0) throw std::out_of_range("a place before the beginning of a blob");
    std::size_t filled = 0;
    while (filled < into.size() && offset < size_) {
      const std::size_t count = read_in_chunk(offset, into.subspan(filled));
      filled += count;
      offset += static_cast<std::int64_t>(count);
    }
    if (into.size() >= static_cast<std::size_t>(chunk_size)) let_go();
    return filled;
  }

 private:
  void check_form() {
    struct stat status{};
    if (::fstat(file_.get(), &status) != 0) throw_errno("looking at a blob");
    if (!S_ISREG(status.st_mode) || status.st_size != file_size(size_)) {
      throw Damaged("a blob's file has another size");
    }
    std::array<std::byte, blob_header.size()> header;
    if (read_at(file_, 0, header) != header.size() || header != blob_header) {
      throw Damaged("a blob's header differs");
    }
    // Whoever reads an empty blob never opens a chunk; so it is proven here.
    if (size_ == 0) plain_chunk(0);
  }

  // Whole chunks are opened where they are wanted; parts are copied out of the one that is held.
  std::size_t read_in_chunk(std::int64_t offset, std::span<std::byte> into) {
    const std::int64_t number = offset / chunk_size;
    const auto within = static_cast<std::size_t>(offset % chunk_size);
    if (within == 0 && number != held_ && plain_size(number) <= into.size()) {
      open_chunk(number, into.first(plain_size(number)));
      return plain_size(number);
    }
    const ByteView rest = plain_chunk(number).subspan(within);
    const std::size_t count = std::min(rest.size(), into.size());
    std::copy_n(rest.begin(), count, into.begin());
    return count;
  }

  std::size_t plain_size(std::int64_t number) const {
    return static_cast<std::size_t>(std::min(chunk_size, size_ - number * chunk_size));
  }

  // The chunk's plain bytes, valid until the next call.
  ByteView plain_chunk(std::int64_t number) {
    if (number != held_) {
      let_go();
      chunk_.resize(plain_size(number));
      open_chunk(number, chunk_);
      held_ = number;
    }
    return chunk_;
  }

  void let_go() {
    held_ = -1;
    Bytes().swap(chunk_);
  }

  void open_chunk(std::int64_t number, std::span<std::byte> into) {
    Aead::Tag tag;
    read_chunk(chunk_place(number), into, tag);
    const bool last = number + 1 == chunk_count(size_);
    if (!aead_.open(chunk_nonce(number, last), associated_, into, tag)) {
      throw Damaged("a chunk of a blob does not open");
    }
  }

  void read_chunk(std::int64_t place, std::span<std::byte> sealed, Aead::Tag& tag) const {
    const std::array<iovec, 2> parts{{{sealed.data(), sealed.size()}, {tag.data(), tag.size()}}};
    const ssize_t got = ::preadv(file_.get(), parts.data(), parts.size(), place);
    if (got >= 0 && static_cast<std::size_t>(got) == sealed.size() + tag.size()) return;
    // Interrupted half way, or cut: read anew, part by part.
    if (read_at(file_, place, sealed) != sealed.size() ||
        read_at(file_, place + static_cast<std::int64_t>(sealed.size()), tag) != tag.size()) {
      throw Damaged("a blob is cut short");
    }
  }

  Descriptor file_;
  std::int64_t size_;
  Aead aead_;
  Bytes associated_, chunk_;
  std::int64_t held_ = -1;
};

}  // namespace

std::unique_ptr<BlobReader> read_blob_file(Descriptor file, const BlobRef& blob, const Digest& key) {
  return std::make_unique<FileReader>(std::move(file), blob, key);
}

}  // namespace keepsake::blobs
