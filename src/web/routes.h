#pragma once
#include <vector>

#include "web/account_pages.h"
#include "web/album_pages.h"
#include "web/circle_pages.h"
#include "web/draft_pages.h"
#include "web/drop_pages.h"
#include "web/entrance_pages.h"
#include "web/guest_pages.h"
#include "web/help_embed.h"
#include "web/help_pages.h"
#include "web/help_report_pages.h"
#include "web/host_helpline_pages.h"
#include "web/host_pages.h"
#include "web/host_people_pages.h"
#include "web/host_room_pages.h"
#include "web/house_text_pages.h"
#include "web/instance_pages.h"
#include "web/language_pages.h"
#include "web/passkey_pages.h"
#include "web/photo_pages.h"
#include "web/publish_pages.h"
#include "web/reading_pages.h"
#include "web/route.h"
#include "web/second_step_pages.h"
#include "web/sign_in_pages.h"
#include "web/upload_pages.h"
#include "web/writing_pages.h"

namespace keepsake::web {

struct AllPages {
  const InstancePages& instance;
  const LanguagePages& language;
  const SignInPages& sign_in;
  const EntrancePages& entrance;
  const AccountPages& account;
  const SecondStepPages& second_step;
  const PasskeyPages& passkeys;
  const PhotoPages& photos;
  const UploadPages& uploads;
  const AlbumPages& albums;
  const DropPages& drops;
  const CirclePages& circles;
  const GuestPages& guests;
  const ReadingPages& reading;
  const HelpPages& help;
  const HelpEmbed& help_embed;
  const WritingPages& writing;
  const DraftPages& drafts;
  const PublishPages& publishing;
  const HostPages& host;
  const HostPeoplePages& host_people;
  const HostRoomPages& host_room;
  const HouseTextPages& house_texts;
  const HostHelplinePages& host_helplines;
  const HelpReportPages& help_reports;
};

// Every address of the house, each with its guard. The pages outlive the routes.
std::vector<Route> routes(const AllPages& pages);

// Those of them for photos, albums and uploads.
std::vector<Route> photo_routes(const AllPages& pages);
// Those of them for the host alone, and what the host says to everybody.
std::vector<Route> host_routes(const AllPages& pages);

}  // namespace keepsake::web
