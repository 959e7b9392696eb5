// A certified OpenID Connect provider (oidc-provider) that speaks as ProConnect does: codes with
// PKCE, signed user information, siret, idp_id and acr. New keys at each start. Told by the
// environment: PORT, SITE (address of Trame), SKEW (seconds its clock is ahead), CODE_TTL (seconds).
const skew = Number(process.env.SKEW ?? 0) * 1000;
const now = Date.now.bind(Date);
Date.now = () => now() + skew;

const { createServer } = await import("node:http");
const { default: Provider } = await import("oidc-provider");
const { exportJWK, generateKeyPair } = await import("jose");

const port = Number(process.env.PORT);
const site = process.env.SITE;
const issuer = `http://127.0.0.1:${port}`;

/** Who signs in, by login. Addresses and numbers are invented. */
const PEOPLE = {
  camille: { given_name: "Camille", usual_name: "Durand", email: "camille.durand@exemple.fr", siret: "11000001600010" },
  louise: { given_name: "Louise", usual_name: "Marchand", email: "louise.marchand@exemple.fr", siret: process.env.SIRET ?? "" },
  noe: { given_name: "Noé", usual_name: "Petitjean", email: "noe.petitjean@exemple.fr", siret: process.env.SIRET ?? "" },
};

const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const key = { ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: `k${process.pid}` };

const provider = new Provider(issuer, {
  clients: [{
    client_id: "trame",
    client_secret: "secret-de-la-demonstration",
    redirect_uris: [`${site}/connexion/retour`],
    post_logout_redirect_uris: [`${site}/connexion?fin=1`],
    token_endpoint_auth_method: "client_secret_post",
    userinfo_signed_response_alg: "RS256",
  }],
  jwks: { keys: [key] },
  cookies: { keys: ["essai"] },
  acrValues: ["eidas1", "eidas2"],
  claims: {
    openid: ["sub"],
    given_name: ["given_name"],
    usual_name: ["usual_name"],
    email: ["email", "email_verified"],
    siret: ["siret"],
    idp_id: ["idp_id"],
  },
  features: {
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: async (ctx, form) => {
        ctx.body = page("Fin", `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Se déconnecter du fournisseur</button>`);
      },
    },
  },
  interactions: { url: (_, interaction) => `/entree/${interaction.uid}` },
  pkce: { required: () => true },
  ttl: { AuthorizationCode: Number(process.env.CODE_TTL ?? 60), Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  findAccount: async (_, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, email_verified: true, idp_id: "fournisseur-essai", ...PEOPLE[id] }),
  }),
  // What is asked is given: consent is not under test.
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid given_name usual_name email siret idp_id");
    await grant.save();
    return grant;
  },
});

const page = (title, body) =>
  `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,"></head><body><main><h1>${title}</h1>${body}</main></body></html>`;

const send = (response, html) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(html);
};

const answer = provider.callback();
createServer(async (request, response) => {
  const url = new URL(request.url, issuer);
  if (!url.pathname.startsWith("/entree/")) return answer(request, response);
  try {
    const login = url.searchParams.get("login");
    if (login === null) {
      return send(response, page("Fournisseur d'essai", `<form><label>Identifiant <input name="login"></label><button>Continuer</button></form>`));
    }
    const acr = url.searchParams.get("acr") ?? "eidas1";
    const result = login === "" ? { error: "access_denied" } : { login: { accountId: login, acr, ts: Math.floor(Date.now() / 1000) } };
    await provider.interactionFinished(request, response, result);
  } catch (error) {
    response.statusCode = 400;
    send(response, page("Erreur", String(error.message)));
  }
}).listen(port, "127.0.0.1", () => console.log("prêt"));
