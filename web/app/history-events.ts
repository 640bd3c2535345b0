/** What the list of conversations asks of the page around it. */
import type {Conversation} from '../state/views.ts';

/** A person wants this conversation deleted; nothing has been deleted yet. */
export class RemoveEvent extends Event {
  static readonly type = 'bombyx-remove';
  readonly conversation: Conversation;

  constructor(conversation: Conversation) {
    super(RemoveEvent.type);
    this.conversation = conversation;
  }
}

/** A person wants to see what can be done with this conversation. */
export class OptionsEvent extends Event {
  static readonly type = 'bombyx-options';
  readonly conversation: Conversation;

  constructor(conversation: Conversation) {
    super(OptionsEvent.type);
    this.conversation = conversation;
  }
}

/** A person chose a message that was found. */
export class FoundEvent extends Event {
  static readonly type = 'bombyx-found';
  readonly conversation: string;
  readonly turn: string;

  constructor(conversation: string, turn: string) {
    super(FoundEvent.type, {bubbles: true, composed: true});
    this.conversation = conversation;
    this.turn = turn;
  }
}
