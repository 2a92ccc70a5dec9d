#pragma once
// The third step: the ways in. Owns the pages, the site and the server, and runs until told to stop.
#include <memory>
#include <optional>
#include <string>

#include "app/control.h"
#include "app/epoch_watch.h"
#include "app/figure_keeper.h"
#include "app/looks.h"
#include "app/services.h"
#include "app/storage.h"
#include "app/verifier.h"
#include "base/settings.h"
#include "http/server.h"
#include "jobs/runner.h"
#include "web/routes.h"
#include "web/site.h"

namespace keepsake::app {

class Serving {
 public:
  // All outlive this. Listens when this returns; throws AlreadyServed, std::system_error.
  Serving(Storage& storage, Services& services, const Looks& looks, const Settings& settings,
          const Clock& clock);

  // "http://127.0.0.1:8080": where it listens, or where this machine itself finds it if it listens
  // everywhere.
  std::string address() const;
  // The same by https, if there is TLS of our own.
  std::optional<std::string> tls_address() const;
  // The address of a one-time setup page, while there is no host.
  std::optional<std::string> setup_link();
  // Serves until stop() is called, then finishes what runs.
  void run();
  // From any thread.
  void stop() { server_->stop(); }

 private:
  web::AllPages all_pages() const;
  std::string metrics() const;
  web::RoomNow measure_room() const;

  Storage& storage_;
  Services& services_;
  const std::string listens_at_;
  const std::string public_address_;
  const std::string origin_;
  const std::int64_t disk_floor_;
  const std::filesystem::path blobs_at_;
  web::Respond respond_;
  web::SessionGuard sessions_;
  web::PageCache cache_;
  web::SingleFlight flight_;

  web::InstancePages instance_;
  web::LanguagePages language_;
  web::SignInPages sign_in_;
  web::EntrancePages entrance_;
  web::AccountPages account_;
  web::SecondStepPages second_step_;
  web::PasskeyPages passkeys_;
  web::PhotoPages photos_;
  web::UploadPages uploads_;
  web::AlbumPages albums_;
  web::DropPages drops_;
  web::CirclePages circles_;
  web::GuestPages guests_;
  web::HelpView help_view_;
  web::HelpPages help_;
  web::PageCache help_cache_;
  web::HelpEmbed help_embed_;
  web::ReadingPages reading_;
  web::StoryForm story_form_;
  web::WritingPages writing_;
  web::DraftPages drafts_;
  web::PublishPages publishing_;
  web::HostPages host_;
  web::HostPeoplePages host_people_;
  web::HostRoomPages host_room_;
  web::HouseTextPages house_texts_;
  web::HostHelplinePages host_helplines_;
  web::HelpReportPages help_reports_;
  web::Site site_;

  EpochWatch epoch_watch_;
  ControlServer control_;
  jobs::Runner jobs_;
  FigureKeeper figure_keeper_;
  Verifier verifier_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace keepsake::app
