/** What the wallet's document itself says, in each language; it is apart from the app's dictionaries because it knows nothing of the app. */
import type {PageLanguage} from './page-language.ts';

export interface DocumentTexts {
  readonly alone: string;
  readonly open: string;
}

export const documentTexts: Readonly<Record<PageLanguage, DocumentTexts>> = {
  en: {alone: 'This part of Bombyx connects wallets and works inside the app.', open: 'Open the wallet in Bombyx'},
  ru: {alone: 'Эта часть Bombyx подключает кошельки и работает внутри приложения.', open: 'Открыть кошелёк в Bombyx'},
  es: {alone: 'Esta parte de Bombyx conecta carteras y funciona dentro de la aplicación.', open: 'Abrir la cartera en Bombyx'},
};
