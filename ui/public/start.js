// Runs before the app, in the oldest words there are (ES5): fills in what browsers of 2018 lack, marks what they draw
// differently, and says what to do where the app cannot start. Without it an old TV would stay blank.
(function (page, root) {
  'use strict';

  var modern = 'at' in Array.prototype;
  var told;

  function fill(owner, name, value) {
    var key = name.split('.').pop();
    if (!(key in owner))
      Object.defineProperty(owner, key, { value: value, writable: true, configurable: true });
  }

  fill(page, 'globalThis', page);
  fill(page, 'queueMicrotask', function (task) {
    Promise.resolve()
      .then(task)
      .catch(function (problem) {
        setTimeout(function () {
          throw problem;
        });
      });
  });
  fill(Array.prototype, 'Array.prototype.at', function (place) {
    return this[place < 0 ? this.length + place : place];
  });
  fill(Array.prototype, 'Array.prototype.flatMap', function (change, self) {
    return Array.prototype.concat.apply([], this.map(change, self));
  });
  fill(Array.prototype, 'Array.prototype.findLast', function (fits) {
    for (var i = this.length - 1; i >= 0; i--) if (fits(this[i], i, this)) return this[i];
  });
  fill(Object, 'Object.fromEntries', function (pairs) {
    var made = {};
    Array.from(pairs).forEach(function (pair) {
      made[pair[0]] = pair[1];
    });
    return made;
  });
  fill(String.prototype, 'String.prototype.replaceAll', function (found, put) {
    return typeof found === 'string' ? this.split(found).join(put) : this.replace(found, put);
  });
  // Nothing is seen moving, so nothing is waited for.
  fill(Element.prototype, 'Element.prototype.getAnimations', function () {
    return [];
  });

  /** Chromium before 84 and Safari before 14.1 leave no gap in a flex box; styles for them carry this mark. */
  function markGaps() {
    var box = document.createElement('div');
    var items = [document.createElement('i'), document.createElement('i')];
    box.style.cssText = 'position:absolute;display:flex;flex-direction:column;row-gap:1px';
    items.forEach(function (item) {
      box.appendChild(item);
    });
    root.appendChild(box);
    if (box.scrollHeight !== 1) root.className += ' no-flex-gap';
    root.removeChild(box);
  }

  /** The app runs, and tells from now on what breaks. */
  function started() {
    return root.hasAttribute('data-running');
  }

  /** Shows one of the two sentences of index.html; where only something did not arrive, the page tries again. */
  function tell(which) {
    if (document.readyState === 'loading') {
      document.addEventListener('DOMContentLoaded', function () {
        tell(which);
      });
      return;
    }
    if (told || started()) return;
    told = document.createElement('div');
    told.className = 'cannot';
    told.setAttribute('role', 'alert');
    told.innerHTML = document.getElementById(which).innerHTML;
    document.body.insertBefore(told, document.body.firstChild);
    if (which === 'stuck')
      setTimeout(function () {
        location.reload();
      }, 15000);
  }

  function failed(event) {
    var file = event.target && event.target.tagName;
    tell(modern || file === 'SCRIPT' || file === 'LINK' ? 'stuck' : 'old');
  }

  // Modules came last of what nothing here can stand in for, a gap between the cells of a grid soon after.
  if (!('noModule' in document.createElement('script')) || !page.CSS || !page.CSS.supports('gap', '1px'))
    tell('old');
  else markGaps();
  page.addEventListener('error', failed, true);
  page.addEventListener('unhandledrejection', failed);
})(window, document.documentElement);
