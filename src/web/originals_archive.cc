#include "web/originals_archive.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "archive/zip_layout.h"
#include "base/hash.h"
#include "base/log.h"
#include "http/reply.h"
#include "web/attachment.h"
#include "web/respond.h"

namespace keepsake::web {
namespace {

std::vector<archive::ZipEntry> entries_of(const std::vector<Photos::Original>& originals) {
  std::vector<std::string> names;
  for (const auto& original : originals) names.push_back(original.name);
  names = archive::file_names(std::move(names));
  std::vector<archive::ZipEntry> entries;
  for (std::size_t i = 0; i < originals.size(); ++i)
    entries.push_back({std::move(names[i]), originals[i].uploaded,
                       static_cast<std::uint64_t>(originals[i].size), originals[i].crc32});
  return entries;
}

// Not sent twice alike: as soon as anything is another, the archive is.
std::string etag_of(const std::vector<Photos::Original>& originals) {
  Sha256 all;
  for (const auto& original : originals) {
    all.add(original.id.bytes());
    all.add(as_byte_view(original.name));
  }
  return '"' + hex(all.finish()).substr(0, 32) + '"';
}

class ArchiveStream final : public http::BodyStream {
 public:
  ArchiveStream(Photos& photos, Viewer viewer, const std::vector<Photos::Original>& originals)
      : photos_(photos), viewer_(std::move(viewer)), layout_(entries_of(originals)) {
    for (const auto& original : originals) ids_.push_back(original.id);
  }

  std::uint64_t size() const override { return layout_.size(); }

  std::size_t read(std::uint64_t offset, std::span<std::byte> into) override {
    std::size_t filled = 0;
    while (filled < into.size() && offset + filled < layout_.size())
      filled += read_part(layout_.at(offset + filled), into.subspan(filled));
    return filled;
  }

 private:
  std::size_t read_part(const archive::ZipLayout::Part& part, std::span<std::byte> into) {
    if (const auto* file = std::get_if<archive::ZipLayout::FilePart>(&part)) return read_file(*file, into);
    const ByteView own = as_byte_view(std::get<std::string>(part));
    const std::size_t count = std::min(own.size(), into.size());
    std::ranges::copy(own.first(count), into.begin());
    return count;
  }

  // Never fewer than one byte.
  std::size_t read_file(const archive::ZipLayout::FilePart& part, std::span<std::byte> into) {
    const std::uint64_t left = layout_.entries()[part.entry].size - part.place;
    into = into.first(static_cast<std::size_t>(std::min<std::uint64_t>(left, into.size())));
    if (!opened_ || opened_->entry != part.entry) opened_ = Opened{part.entry, open(part.entry)};
    std::size_t got = 0;
    try {
      if (opened_->blob) got = opened_->blob->read(static_cast<std::int64_t>(part.place), into);
    } catch (const std::exception& fault) {
      given_up(part.entry, fault.what());
    }
    if (got > 0) return got;
    std::ranges::fill(into, std::byte{});
    return into.size();
  }

  // Null where it is not to be had any more.
  std::unique_ptr<blobs::BlobReader> open(std::size_t entry) {
    try {
      const auto file = photos_.original(viewer_, ids_[entry]);
      return file ? photos_.open(*file) : nullptr;
    } catch (const std::exception& fault) {
      given_up(entry, fault.what());
      return nullptr;
    }
  }

  void given_up(std::size_t entry, std::string_view why) {
    log_error("an original is missing in an archive", {{"photo", ids_[entry].text()}, {"error", why}});
    opened_ = Opened{entry, nullptr};
  }

  struct Opened {
    std::size_t entry;
    std::unique_ptr<blobs::BlobReader> blob;
  };
  Photos& photos_;
  const Viewer viewer_;
  const archive::ZipLayout layout_;
  std::vector<PublicId> ids_;
  std::optional<Opened> opened_;
};

}  // namespace

http::Response originals_archive(Photos& photos, const Viewer& viewer,
                                 const std::vector<Photos::Original>& originals, std::string_view name) {
  http::Response response;
  response.headers.add("Content-Type", "application/zip");
  response.headers.add("ETag", etag_of(originals));
  add_private_file_headers(response.headers);
  response.headers.add("Content-Disposition", attachment("originals.zip", name));
  response.body = std::make_unique<ArchiveStream>(photos, viewer, originals);
  return response;
}

}  // namespace keepsake::web
