/** Spanish: who can see what, and the limits of that. */
import type {Sections} from '../sections.ts';

export const privacy: Sections['privacy'] = {
  heading: 'Quién ve qué',
  intro: 'Cuando preguntas a la red, tu texto se cifra para un solo equipo. El equipo que responde puede leerlo. Esto es lo que ve cada parte.',
  table: 'Quién ve qué',
  columns: {who: 'Quién', text: 'Tu pregunta y la respuesta', address: 'Tu dirección IP', fact: 'Que preguntaste'},
  rows: [
    {who: 'Tú, en este navegador', text: 'Sí. El historial se guarda aquí', address: 'Sí', fact: 'Sí'},
    {who: 'El equipo que responde', text: 'Sí. Tiene que hacerlo para ejecutar el modelo', address: 'No, en medio está el relé o el servidor TURN de su operador. Un dispositivo vinculado con conexión directa: sí', fact: 'Sí'},
    {who: 'Quien lleva el relé', text: 'No. Va sellado con la clave del equipo que responde', address: 'Sí', fact: 'Sí: la hora, el tamaño redondeado, el modelo y qué equipo'},
    {who: 'Quien lleva otro relé que elegiste en Ajustes', text: 'No, por la misma razón', address: 'Sí, cada vez que la aplicación mira quién está', fact: 'Sí, lo que preguntes o compartas allí'},
    {who: 'El servidor TURN de quien lleva el relé, si lo hay', text: 'No. Pasa lo que va sellado', address: 'Sí, y la del equipo que responde', fact: 'Que dos navegadores intercambian datos, y cuántos'},
    {who: 'Tu proveedor de internet', text: 'No', address: 'Sí', fact: 'Solo que usas el relé o su servidor TURN'},
    {who: 'Quien sirve esta aplicación', text: 'No, salvo que te sirva código alterado', address: 'Sí', fact: 'Solo que cargas la página'},
    {who: 'Otras personas que preguntan o comparten', text: 'No', address: 'No', fact: 'No'},
  ],
  levelsHeading: 'Tres formas de preguntar',
  levels: [
    {title: 'Este dispositivo', text: 'Nadie más lo ve. Responde un modelo en este navegador y mientras tanto no se envía nada: ni la pregunta, ni la respuesta, ni siquiera que preguntaste. El modelo se descarga una vez, y eso muestra a quien lo sirve que alguien aquí lo quería.'},
    {title: 'La red', text: 'Cifrado para un equipo que eligió tu navegador. El dueño de ese equipo puede leerlo, pero no se le dice quién eres. Con cada pregunta se envía toda la conversación.'},
    {title: 'Mis dispositivos', text: 'Solo tú y la persona cuyo dispositivo vinculaste. Los dos dispositivos pueden conectarse directamente y entonces ven la dirección IP del otro.'},
  ],
  sensitiveHeading: 'Conversaciones que no salen de tus dispositivos',
  sensitive: 'Con «Que no salga de mis dispositivos», una conversación la responde este dispositivo u otro que vinculaste. La aplicación se niega a enviarla a la red, también tras volver a cargar, al preguntar de nuevo o si se pierde un dispositivo. Lo que se envió antes de activarlo no se puede recuperar.',
  doesHeading: 'Lo que hace Bombyx',
  does: [
    'Sella cada pregunta con la clave de un equipo, nueva para cada tarea. El relé la lleva y no puede abrirla.',
    'No muestra tu dirección IP a los equipos de la red, porque en medio está el relé o el servidor TURN de su operador: una respuesta larga puede pasar a él. En sus detalles se ve por dónde llegó.',
    'Comprueba el recibo firmado de cada respuesta en tu navegador y te muestra el resultado en Detalles.',
    'Guarda tu historial solo en este navegador. No hay cuenta.',
    'No carga código de terceros, ni nunca una imagen o un script que nombre una respuesta.',
  ],
  doesNotHeading: 'Lo que Bombyx no hace',
  doesNot: [
    'No oculta tu texto al equipo que responde, salvo que sea este dispositivo. Nuestra aplicación no lo muestra ni lo guarda allí, pero su dueño podría usar una modificada que sí. No pegues secretos.',
    'Un recibo muestra qué equipo firmó por qué pregunta, respuesta y modelo. No demuestra que la respuesta sea correcta ni que la calculara de verdad ese modelo.',
    'No oculta al relé que preguntas, cuándo y cuánto más o menos.',
    'No te protege del código alterado de quien sirve esta aplicación, ni de otras personas que usen este navegador.',
    'No puede recuperar lo que enviaste.',
  ],
  moneyHeading: 'Cuando hay monedas de por medio',
  money: [
    'La cadena es pública: cualquiera ve el depósito de tu cartera en el relé y lo que se paga a quienes comparten, nunca una pregunta ni cuántas hubo.',
    'El relé ve qué canal paga cada respuesta y por eso puede relacionar tus respuestas con tu cartera. Las gratuitas pueden relacionarse con este navegador.',
    'Al equipo que responde le paga el relé, y no sabe nada de tu cartera.',
    'Las carteras funcionan en un marco propio, que se carga cuando pulsas el botón; nunca ven una pregunta.',
    'Si borras los datos de este navegador pierdes la clave de tu depósito. La cartera que lo hizo aún puede retirarlo.',
  ],
  sharingHeading: 'Cuando compartes tu GPU',
  sharing: [
    'Las preguntas llegan a esta pestaña en forma legible mientras responde; la aplicación no las muestra ni las guarda.',
    'El relé ve tu dirección IP, y también el servidor TURN de su operador, si lo hay. Quienes preguntan ven la clave de tu equipo, no tu dirección IP, salvo que hayas vinculado su dispositivo y se conecte directamente.',
    'Las tareas son solo texto para el modelo. Nadie puede ejecutar un programa suyo en tu equipo a través de Bombyx.',
  ],
};
