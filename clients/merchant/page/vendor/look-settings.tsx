import { usePage } from '../door/page-parts.js';
import { useKept } from '../door/kept.js';
import { themes } from '../look/theme.js';
import { Choose } from '../parts/fields.js';
import { languageNames, languages } from '../words/speech.js';
import { useSpeech } from '../words/speaking.js';

/** Language and colours. */
export function LookSettings() {
  const { speaking, theme } = usePage();
  const { say } = useSpeech();
  return (
    <div className="look">
      <Choose label={say('language')} chosen={useKept(speaking)} onChoose={speaking.set} choices={languages.map((key) => ({ key, text: languageNames[key] }))} />
      <Choose label={say('theme')} chosen={useKept(theme)} onChoose={theme.set} choices={themes.map((key) => ({ key, text: say(`theme.${key}`) }))} />
    </div>
  );
}
