/** Spanish: the app as an installed thing. */
import type {Sections} from '../sections.ts';

export const installation: Sections['installation'] = {
  build: 'Compilación',
  builds: {
    served: 'Esta página es de la compilación que su relé sirve ahora.',
    other: 'Su relé sirve ahora esta compilación; la página que funciona aquí es de otra. Una actualización, o volver a abrir la página, las iguala.',
    unknown: 'El relé no dice qué compilación sirve, o no se puede contactar con él.',
  },
  buildNote: 'Una página no puede responder por sí misma: quien la sirve podría hacer que mostrara cualquier cosa. Para estar seguro, consigue el código fuente y ejecuta «npm run verify-build» con la dirección de esta página: compila la aplicación de nuevo y compara cada archivo.',
  looking: 'Mirando…',
  installHeading: 'Instalar la aplicación',
  installed: 'Esta es la aplicación instalada.',
  iosNote: 'La aplicación instalada tiene su propio almacenamiento: empieza sin las conversaciones de este navegador. Exporta antes lo que quieras conservar.',
  steps: {
    'ios': ['Toca el botón Compartir del navegador: un cuadrado con una flecha hacia arriba.', 'Elige «Añadir a pantalla de inicio» o «Agregar a Inicio».', 'Toca «Añadir» o «Agregar».'],
    'firefox-android': ['Abre el menú de Firefox: tres puntos.', 'Elige «Añadir aplicación a la pantalla de inicio» o «Instalar».', 'Confirma.'],
    'safari-mac': ['Abre el menú Archivo o pulsa el botón Compartir: un cuadrado con una flecha hacia arriba.', 'Elige «Añadir al Dock» o «Agregar al Dock».', 'Pulsa «Añadir» o «Agregar».'],
    'chromium': ['El navegador lo ofrece en la barra de direcciones o en su menú, como «Instalar» o «Añadir a pantalla de inicio», cuando has usado un poco la aplicación. Si no lo ofrece, puede que ya esté instalada.'],
    'other': ['Este navegador no permite instalar una aplicación desde aquí.', 'También sirve un marcador; Chrome y Edge sí pueden instalarla.'],
  },
  keepingTerm: 'Si falta espacio en el dispositivo',
  keeping: {
    'kept': 'Se conservan. El navegador solo borra estos datos si tú lo pides.',
    'may-be-cleared': 'El navegador puede borrarlos.',
    'unknown': 'Este navegador no lo dice.',
  },
  keep: 'Conservar estos datos',
  notKept: 'El navegador no aceptó. Suele aceptar cuando la aplicación está instalada o guardada en marcadores.',
};
