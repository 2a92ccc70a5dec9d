// The persons of pages_world.ts as a browser meets the program: each with the cookies that make them who they are.
import { Api } from "./api.ts";
import type { Cookies } from "./onlooker.ts";
import { password } from "./people.ts";
import type { PagesWorld, Who } from "../pages_world.ts";

function cookies_of(api: Api): Cookies {
  return (api.shown().cookie ?? "").split("; ").filter(Boolean).map((pair) => {
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), domain: "127.0.0.1", path: "/", secure: true, httpOnly: true, sameSite: "Lax" as const };
  });
}

async function signed_in(address: string, name: string): Promise<Cookies> {
  const api = new Api(address);
  await api.post("/sign-in", { name, password });
  return cookies_of(api);
}

/** The guest opened the link and reads the descriptions only. */
async function let_in(address: string, world: PagesWorld): Promise<Cookies> {
  const api = new Api(address);
  await api.post(world.guest_link, {});
  await api.post(`${world.gated}/gate`, { accept: "descriptions" });
  return cookies_of(api);
}

export async function all_cookies(address: string, world: PagesWorld): Promise<Record<Who, Cookies>> {
  return {
    nobody: [], guest: await let_in(address, world),
    mara: await signed_in(address, "mara"), tane: await signed_in(address, "tane"),
  };
}
