#include "app/serving.h"

#include <chrono>

#include "app/version.h"
#include "base/log.h"
#include "db/open.h"
#include "upkeep/disk.h"
#include "web/openapi.h"

namespace keepsake::app {
namespace {

constexpr std::size_t page_cache_bytes = 24u << 20;
constexpr std::size_t help_cache_bytes = 2u << 20;  // some 800 kinds of asking, compressed

http::ServerSettings server_settings(const Settings& settings) {
  http::ServerSettings server;
  server.address = settings.address;
  server.port = settings.port;
  server.metrics_port = settings.metrics_port;
  if (!settings.tls_certificate.empty())
    server.tls = http::TlsFiles{settings.tls_certificate, settings.tls_key, settings.tls_port};
  server.proxies = settings.proxies;
  server.hosts = settings.allowed_hosts();
  return server;
}

std::map<std::string, jobs::Handler> job_handlers(Storage& storage, Services& services, const Clock& clock) {
  const auto remove = [&](const jobs::Job&) {
    photos::remove_forgotten_blobs(storage.database(), storage.blobs(), services.copies,
                                   [&](db::Tx& tx, std::span<const PublicId> names) {
                                     if (services.mirror.wanted())
                                       mirror::follow_removal(tx, names, clock.now());
                                   });
  };
  return {{std::string(photos::blob_removal_job), remove},
          {std::string(photos::mirror_job),
           [&](const jobs::Job& job) {
             mirror::copy(services.mirror, storage.database(), storage.blobs(), job);
           }},
          {std::string(mirror::removal_job),
           [&](const jobs::Job& job) { mirror::remove(services.mirror, job); }}};
}

// As it stands in a URL.
std::string address_here(const std::string& listening) {
  if (listening == "0.0.0.0") return "127.0.0.1";
  if (listening == "::") return "[::1]";
  return listening.find(':') == listening.npos ? listening : "[" + listening + "]";
}

// Where whoever comes without TLS is led: only where there is TLS of our own, else a proxy that is not
// believed would be led in circles.
std::string secure_origin(const Settings& settings) {
  const bool known = !settings.tls_certificate.empty() && settings.public_address.starts_with("https://");
  return known ? settings.public_address : std::string();
}

std::string line(std::string_view name, std::uint64_t value) {
  return std::string(name) + " " + std::to_string(value) + "\n";
}

}  // namespace

Serving::Serving(Storage& storage, Services& services, const Looks& looks, const Settings& settings,
                 const Clock& clock)
    : storage_(storage),
      services_(services),
      listens_at_(address_here(settings.address)),
      public_address_(settings.public_address),
      origin_(settings.origin()),
      disk_floor_(settings.disk_floor),
      blobs_at_(settings.blobs.empty() ? settings.data : settings.blobs),
      respond_(looks.templates, looks.languages),
      sessions_(storage.database(), services.sessions, services.tokens, services.viewers,
                services.gate_cookie, services.epoch, clock),
      cache_(services.epoch, page_cache_bytes),
      instance_([&storage] { storage.database().read([](db::Reader& reader) { Setup::needed(reader); }); },
                respond_),
      language_(services.people, looks.languages, respond_),
      sign_in_(
          {storage.database(), services.sign_in, services.passkeys, services.sessions, services.recovery},
          respond_),
      entrance_({storage.database(), services.setup, services.invitations, services.circles,
                 services.passwords, services.sessions, storage.key(), origin_},
                respond_),
      account_({storage.database(), services.people, services.passwords, services.sessions, services.tokens,
                services.recovery, services.blocks},
               respond_),
      second_step_({storage.database(), services.people, services.second_step, origin_}, respond_),
      passkeys_({storage.database(), services.people, services.passkeys}, respond_),
      photos_(services.photos, respond_),
      uploads_({services.uploads, services.photos, services.albums, services.drop_links,
                settings.most_photo_bytes},
               respond_),
      albums_({services.albums, services.drop_links, services.photos, origin_}, respond_),
      drops_(services.drop_links, respond_),
      circles_(storage.database(), services.circles, respond_),
      guests_(services.guest_links, services.stories, origin_, respond_),
      help_view_(services.helplines, std::chrono::months(settings.help_months), settings.leave_to, respond_),
      help_(services.helplines, help_view_, settings.country, respond_),
      help_cache_(services.epoch, help_cache_bytes),
      help_embed_({help_view_, services.epoch, settings.country, help_cache_, flight_}, respond_),
      reading_({storage.database(), services.stories, services.gate_cookie, services.cursors,
                services.house_texts, help_view_, settings.country, cache_, flight_},
               respond_),
      story_form_({services.circles, services.guest_links, services.device_keys}, respond_),
      writing_({services.stories, services.working_copies, services.photos, story_form_}, respond_),
      drafts_(services.stories, services.working_copies, writing_, respond_),
      publishing_(services.stories, services.working_copies, story_form_, respond_),
      host_({storage.database(), [this] { return measure_room(); },
             [&storage] { return db::snapshots_in(storage.snapshots()); },
             [&services] { return services.mirror.state(); }, !settings.database.empty()},
            respond_),
      host_people_({storage.database(), services.people, services.quotas}, respond_),
      host_room_({storage.database(), services.quotas, services.figures, [this] { return measure_room(); }},
                 respond_),
      house_texts_(services.house_texts, respond_),
      host_helplines_(
          {storage.database(), services.helplines, help_view_, std::chrono::months(settings.help_months)},
          respond_),
      help_reports_(services.helplines, respond_),
      site_(web::Router(web::routes(all_pages())), sessions_, looks.languages, respond_, cache_, sign_in_,
            photos_, help_embed_, clock, settings.country, secure_origin(settings),
            [this] { return metrics(); }),
      epoch_watch_(storage.database(), services.epoch),
      control_(settings.data,
               [this] {
                 services_.epoch.refresh();
                 epoch_watch_.tell_others();
               }),
      jobs_(storage.database(), clock, job_handlers(storage, services, clock)),
      figure_keeper_(site_.tally(), services.figures),
      verifier_(services.mirror, services.verification, {.rate = settings.verify_rate}) {
  instance_.describe(web::openapi_document(site_.router().routes(), version));
  using std::chrono::hours;
  jobs_.every(hours(1), "sweep the trash", [&services] { services.stories.sweep_trash(); });
  jobs_.every(std::chrono::minutes(5), "sweep uploads", [&services] { services.uploads.sweep(); });
  jobs_.every(std::chrono::minutes(1), "make AVIF",
              [&services] { services.photos.make_avif(std::chrono::seconds(45)); });
  jobs_.every(hours(6), "sweep sessions", [&services] {
    services.sessions.sweep();
    services.passkeys.sweep();
  });
  jobs_.every(hours(1), "sweep removed persons", [&services] { services.people.sweep_removed(); });
  jobs_.every(hours(24), "sweep guest links", [&services] { services.guest_links.sweep(); });
  jobs_.every(hours(24), "sweep drop links", [&services] { services.drop_links.sweep(); });
  jobs_.every(hours(1), "measure the room", [this] { services_.figures.measure(measure_room().sizes); });
  jobs_.every(hours(24), "forget old figures", [&services] { services.figures.sweep(); });
  jobs_.every(hours(24), "forget old reports on helplines", [&services] { services.helplines.sweep(); });
  // What was deleted for good must not lie in snapshots for ever.
  jobs_.every(hours(24), "remove old snapshots", [&storage, &clock] {
    db::remove_snapshots(storage.snapshots(), clock.now() - story_rules::trash_days);
  });
  server_ = http::make_server(server_settings(settings), site_.handlers());
}

web::AllPages Serving::all_pages() const {
  return {instance_,  language_,    sign_in_,        entrance_,    account_,    second_step_, passkeys_,
          photos_,    uploads_,     albums_,         drops_,       circles_,    guests_,      reading_,
          help_,      help_embed_,  writing_,        drafts_,      publishing_, host_,        host_people_,
          host_room_, house_texts_, host_helplines_, help_reports_};
}

web::RoomNow Serving::measure_room() const {
  const DiskRoom disk = disk_room(blobs_at_);
  const auto [photos, database] = storage_.database().read([](db::Reader& reader) {
    return std::pair(Quotas::kept_by_all(reader).bytes, DailyFigures::database_bytes(reader));
  });
  return {{photos, database, disk.free}, disk.all, disk_floor_};
}

std::string Serving::address() const {
  return "http://" + listens_at_ + ":" + std::to_string(server_->port());
}

std::optional<std::string> Serving::tls_address() const {
  if (server_->tls_port() == 0) return std::nullopt;
  return "https://" + listens_at_ + ":" + std::to_string(server_->tls_port());
}

std::optional<std::string> Serving::setup_link() {
  const bool needed = storage_.database().read([](db::Reader& reader) { return Setup::needed(reader); });
  if (!needed) return std::nullopt;
  const auto secret = storage_.database().write([&](db::Tx& tx) { return services_.setup.make_link(tx); });
  return (public_address_.empty() ? address() : public_address_) + "/setup/" + secret;
}

void Serving::run() {
  services_.workers.start();
  jobs_.start();
  server_->run();
  jobs_.stop();
}

std::string Serving::metrics() const {
  const Decisions::Counts decisions = services_.decisions.counts();
  const blobs::PlainCopies::Counts copies = services_.copies.counts();
  return line("keepsake_decisions_kept", decisions.kept) +
         line("keepsake_decision_hits_total", decisions.hits) +
         line("keepsake_decision_misses_total", decisions.misses) +
         line("keepsake_hot_photos_bytes", copies.bytes) + line("keepsake_hot_photos", copies.kept) +
         line("keepsake_hot_photo_hits_total", copies.hits) +
         line("keepsake_hot_photos_made_total", copies.made) +
         line("keepsake_password_checks_total", services_.passwords.verifications()) +
         line("keepsake_log_lines_dropped_total", dropped_log_lines());
}

}  // namespace keepsake::app
