#include "blobs/blob_file.h"

#include <sys/stat.h>

#include <algorithm>
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
      const ByteView rest =
          plain_chunk(offset / chunk_size).subspan(static_cast<std::size_t>(offset % chunk_size));
      const std::size_t take = std::min(rest.size(), into.size() - filled);
      std::copy_n(rest.begin(), take, into.begin() + static_cast<std::ptrdiff_t>(filled));
      filled += take;
      offset += static_cast<std::int64_t>(take);
    }
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

  // The chunk's plain bytes, valid until the next call.
  ByteView plain_chunk(std::int64_t number) {
    if (number != held_) open_chunk(number);
    return ByteView(chunk_).first(chunk_.size() - Aead::tag_size);
  }

  void open_chunk(std::int64_t number) {
    held_ = -1;
    const std::int64_t plain = std::min(chunk_size, size_ - number * chunk_size);
    chunk_.resize(static_cast<std::size_t>(plain) + Aead::tag_size);
    if (read_at(file_, chunk_place(number), chunk_) != chunk_.size()) throw Damaged("a blob is cut short");
    Aead::Tag tag;
    std::copy(chunk_.end() - Aead::tag_size, chunk_.end(), tag.begin());
    const bool last = number + 1 == chunk_count(size_);
    const std::span<std::byte> sealed = std::span(chunk_).first(static_cast<std::size_t>(plain));
    if (!aead_.open(chunk_nonce(number, last), associated_, sealed, tag)) {
      throw Damaged("a chunk of a blob does not open");
    }
    held_ = number;
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
