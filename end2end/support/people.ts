// The people of the demonstration, known by what their button says on the sign-in page.
import { expect, type Page } from "@playwright/test";

/** Directrice of Les Ateliers de Valbrune (ACI, Nièvre): her dossier 2027 is nearly ready. */
export const INES = /Inès Barbier/;
/** Accountant of three structures, Valbrune among them: writes, does not deposit. */
export const KARIM = /Karim Laouari/;
/** Directrice of Main-forte Cornouaille (AI): half of her dossier 2027 is written. */
export const HELENE = /Hélène Le Goff/;
/** Gérant of Desroses Paysage Insertion (EI): his dossier 2027 is ready. */
export const MARC_ANTOINE = /Marc-Antoine Desroses/;
/** Directrice of Passerelle Intérim (ETTI), Bourgogne and Nivernais. */
export const SONIA = /Sonia Petit/;
/** Président of Indépendants du Suzon (EITI): his dossier 2027 is empty. */
export const JULES = /Jules Moreau/;
/** Instructrice, DDETS of the Nièvre. */
export const AGNES = /Agnès Royer/;
/** Chargé de mission, DREETS Bourgogne-Franche-Comté. */
export const THIBAULT = /Thibault Carrel/;
/** Cheffe de projet, DGEFP. */
export const CLAIRE = /Claire Fontaine/;
/** Signataire, DDETS of the Nièvre. */
export const PAUL = /Paul Vidal/;

/** Member of the commission of the Nièvre. */
export const ODILE = /Odile Rameau/;

/** Of the conseil départemental of the Nièvre, which pays a part of the aid. */
export const BRUNO = /Bruno Chassaing/;

/** Leads the sessions of the open lab. */
export const SAMIR = /Samir Keita/;

/** Signs in as a person of the demonstration. */
export async function signInAs(page: Page, person: RegExp): Promise<void> {
  await page.goto("/connexion");
  await page.getByRole("button", { name: person }).click();
  await expect(page, "signed in").not.toHaveURL(/\/connexion/);
}
