import type { Seeding } from '@haat/kit/define';
import { fixedId } from '@haat/kit/id';
import type { SearchTx } from './context.js';
import { wholeOf } from './document/words.js';
import { SynonymGroup } from './synonym/synonym-group.js';

/** What shoppers of the demonstration say instead of what is written, by marketplace and language. */
const synonyms: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  acme: {
    en: ['saree, sari', 'panjabi, punjabi, kurta', 'dupatta, orna', 'power bank, portable charger', 'earphones, earbuds', 'kameez, kamiz', 'frying pan, skillet', 'saucepan, pot', 'backpack, rucksack', 'lentils, dal, daal', 'attar, perfume', 'mat, rug', 'lantern, hurricane lamp', 'notebook, exercise book'],
    bn: ['শাড়ি, কাপড়', 'হারিকেন, লণ্ঠন', 'সাবান, সোপ', 'মসুর ডাল, মুসুরি', 'কড়াই, হাঁড়ি', 'চাদর, বেডশিট', 'খাতা, নোটবুক'],
  },
  nordic: {
    en: ['jumper, sweater, pullover', 'trousers, pants', 'duvet cover, quilt cover', 'mug, cup', 'sledge, toboggan', 'jam, preserve', 'sofa, couch', 'carafe, decanter', 'bilberry, blueberry', 'pannier, bike bag'],
    sv: ['tröja, jumper', 'byxor, brallor', 'kaffemugg, kaffekopp', 'pläd, filt', 'mössa, luva', 'kasse, tygpåse', 'stekpanna, stekpann', 'kälke, pulka'],
  },
};

/** Fills both marketplaces with synonyms. What is there already stays as it is. */
export async function seedSearch(seeding: Seeding): Promise<void> {
  for (const [slug, byLocale] of Object.entries(synonyms)) await seeding.inTenant(fixedId('ten', slug), (tx: SearchTx) => seedSynonyms(tx, slug, byLocale));
}

async function seedSynonyms(tx: SearchTx, slug: string, byLocale: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const rows = Object.entries(byLocale).flatMap(([locale, groups]) => groups.map((group) => ({
    id: fixedId('syn', `${slug} ${locale} ${group}`), tenantId: tx.tenant.id, version: 1, locale, words: group.split(', ').map(wholeOf),
  })));
  await tx.db.createQueryBuilder().insert().into(SynonymGroup).values(rows).orIgnore().execute();
}
