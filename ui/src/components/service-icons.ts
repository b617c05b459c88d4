// The pictures a service may carry, by the name the hub stores for it.
import {
  Accessibility,
  Ambulance,
  Apple,
  Baby,
  Bone,
  Brain,
  ClipboardList,
  Ear,
  Eye,
  FlaskConical,
  HeartPulse,
  Pill,
  ReceiptText,
  ShieldPlus,
  Smile,
  Stethoscope,
  Syringe,
  UserRound,
} from '@lucide/svelte';

const ICONS: Record<string, typeof Stethoscope> = {
  accessibility: Accessibility,
  ambulance: Ambulance,
  apple: Apple,
  baby: Baby,
  bone: Bone,
  brain: Brain,
  'clipboard-list': ClipboardList,
  ear: Ear,
  eye: Eye,
  'flask-conical': FlaskConical,
  'heart-pulse': HeartPulse,
  pill: Pill,
  'receipt-text': ReceiptText,
  'shield-plus': ShieldPlus,
  smile: Smile,
  stethoscope: Stethoscope,
  syringe: Syringe,
  'user-round': UserRound,
};

/** The icon of a service; a name this build does not know gets a neutral one. */
export function serviceIcon(name: string): typeof Stethoscope {
  return ICONS[name] ?? ClipboardList;
}
