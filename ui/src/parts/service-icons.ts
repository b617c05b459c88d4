// The pictures a service may carry, by the name the hub stores for it.
import Accessibility from '@lucide/svelte/icons/accessibility';
import Ambulance from '@lucide/svelte/icons/ambulance';
import Apple from '@lucide/svelte/icons/apple';
import Baby from '@lucide/svelte/icons/baby';
import Bone from '@lucide/svelte/icons/bone';
import Brain from '@lucide/svelte/icons/brain';
import ClipboardList from '@lucide/svelte/icons/clipboard-list';
import Ear from '@lucide/svelte/icons/ear';
import Eye from '@lucide/svelte/icons/eye';
import FlaskConical from '@lucide/svelte/icons/flask-conical';
import HeartPulse from '@lucide/svelte/icons/heart-pulse';
import Pill from '@lucide/svelte/icons/pill';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import ShieldPlus from '@lucide/svelte/icons/shield-plus';
import Smile from '@lucide/svelte/icons/smile';
import Stethoscope from '@lucide/svelte/icons/stethoscope';
import Syringe from '@lucide/svelte/icons/syringe';
import UserRound from '@lucide/svelte/icons/user-round';

/** Every one of them, in the order in which they are offered. */
export const SERVICE_ICONS: Record<string, typeof Stethoscope> = {
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
  return SERVICE_ICONS[name] ?? ClipboardList;
}
