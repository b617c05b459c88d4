// Priority classes: set by an admin, given at a counter and on the board, and said in one sentence why somebody is next.
import { expect, test } from '@playwright/test';
