import { place } from '../router.js';

export function NotFound() {
  return (
    <div class="lead">
      <h1>There is no such page</h1>
      <p>
        Nothing is at <code>{place.value.path}</code>. The link may be old, or a letter is wrong.
      </p>
      <p>
        <a href="/">Back to the overview</a>
      </p>
    </div>
  );
}
