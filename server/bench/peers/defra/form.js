// The form: five steps of ten questions, of the kinds an ordinary step of ours has, all required.

/** An answer of each step: a page that shows it shows what was saved. */
export const TOKEN = 'contact@example.org'

const STEPS = ['Demande', 'Structure', 'Publics', 'Moyens', 'Budget']

const KINDS = ['Création', 'Développement', 'Consolidation', 'Renouvellement']
const DEPARTMENTS = [
  'Ain', 'Aisne', 'Allier', 'Ardèche', 'Aube', 'Calvados', 'Côte-d’Or', 'Finistère', 'Gironde',
  'Hérault', 'Isère', 'Nord'
]

// Kind, label, hint, what is answered; the engine accepts only letters in names.
const QUESTIONS = [
  ['TextField', 'Nom de la structure', 'Tel qu’il figure dans les statuts.', 'Les Ateliers de l’Élan'],
  ['TextField', 'Numéro de la convention', 'Par exemple 029 010119 ACI 00009.', '029 010119 ACI 00009'],
  ['NumberField', 'Nombre de salariés en insertion', 'Au 31 décembre.', '24'],
  ['NumberField', 'Montant demandé', 'En euros, sans les centimes.', '18500'],
  ['EmailAddressField', 'Adresse électronique', 'Pour le suivi du dossier.', TOKEN],
  ['DatePartsField', 'Début de la période', 'Le premier jour d’un mois.', ['1', '1', '2026']],
  ['SelectField', 'Département de dépôt', 'Celui du siège.', 'Finistère', 'departments'],
  ['RadiosField', 'Nature de la demande', 'Elle décide du circuit.', 'Renouvellement', 'kinds'],
  ['YesNoField', 'Avez-vous une autre convention ?', 'Dans un autre département.', 'true'],
  ['MultilineTextField', 'Projet d’insertion', 'Quelques phrases.', 'Accueil, formation, suivi. '.repeat(12)]
]

const letter = (index) => String.fromCharCode(97 + index)
const name = (step, question) => `champ${letter(step)}${letter(question)}`

const list = (name, title, texts) => ({
  name, title, type: 'string', items: texts.map((text) => ({ text, value: text }))
})

/** The address of a step, counted from 0. */
export const path = (step) => `/etape-${letter(step)}`

/** How many steps there are. */
export const steps = STEPS.length

/** The definition the engine reads. */
export const definition = {
  engine: 'V2',
  name: 'Dossier',
  startPage: path(0),
  sections: [],
  conditions: [],
  lists: [list('departments', 'Départements', DEPARTMENTS), list('kinds', 'Natures', KINDS)],
  pages: [
    ...STEPS.map((title, step) => ({
      title,
      path: path(step),
      next: [],
      components: QUESTIONS.map(([type, title, hint, , list], question) => ({
        type, title, hint, list, name: name(step, question), options: {}, schema: {}
      }))
    })),
    { title: 'Récapitulatif', path: '/summary', controller: 'SummaryPageController' }
  ]
}

/** What a browser posts for a step. */
export const answers = (step) =>
  QUESTIONS.flatMap(([, , , answer], question) => {
    const field = name(step, question)
    return Array.isArray(answer)
      ? ['day', 'month', 'year'].map((part, index) => [`${field}__${part}`, answer[index]])
      : [[field, answer]]
  })
