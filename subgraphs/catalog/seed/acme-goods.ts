/**
 * The goods of Acme Bazaar in Dhaka, English and Bengali. A top line is `# slug; name`; below it each place has a line
 * `slug; name; type; options; what is true of its goods` and two of words: qualities, then nouns. Every quality goes with
 * every noun, and is said before it in both languages.
 */
export const acmeGoods = `
# clothing; Clothing=পোশাক
sarees; Sarees=শাড়ি; apparel; colour; Six yards with a blouse piece, washed by hand.=বারো হাত, সঙ্গে ব্লাউজের কাপড়, হাতে ধোয়া যায়।
Handloom=হাতে বোনা, Festive=উৎসবের
Jamdani Saree=জামদানি শাড়ি, Tangail Saree=টাঙ্গাইল শাড়ি, Silk Saree=সিল্ক শাড়ি, Khadi Saree=খাদি শাড়ি, Batik Saree=বাটিক শাড়ি
panjabi; Panjabi=পাঞ্জাবি; apparel; sizecolour; Cut for warm days, with side pockets and a short collar.=গরমের দিনের জন্য কাটা, পাশে পকেট আর ছোট কলার।
Embroidered=কাজ করা, Everyday=রোজকার
Cotton Panjabi=সুতি পাঞ্জাবি, Khadi Panjabi=খাদি পাঞ্জাবি, Linen Panjabi=লিনেন পাঞ্জাবি, Short Kurta=ছোট কুর্তা, Pajama Set=পাজামা সেট
womens-wear; Kameez and Kurti=কামিজ ও কুর্তি; apparel; sizecolour; Soft after the first wash and easy to iron.=প্রথম ধোয়ার পর নরম, সহজে ইস্ত্রি হয়।
Block-Printed=ব্লক প্রিন্টের, Hand-Stitched=হাতে সেলাই করা
Salwar Kameez=সালোয়ার কামিজ, Long Kurti=লম্বা কুর্তি, Cotton Kameez=সুতি কামিজ, Palazzo Trousers=পালাজো, Wrap Top=র‍্যাপ টপ
shawls; Shawls and Scarves=শাল ও ওড়না; apparel; colour; Light in the bag and warm on a winter morning.=ব্যাগে হালকা, শীতের সকালে উষ্ণ।
Woven=বোনা, Nakshi-Stitched=নকশি করা
Wool Shawl=উলের শাল, Silk Dupatta=সিল্কের ওড়না, Cotton Gamcha=সুতি গামছা, Winter Stole=শীতের স্টোল, Head Scarf=মাথার স্কার্ফ
# home; Home=ঘর
bedding; Bedding=বিছানা; home; colour; Cotton that breathes and keeps its colour.=সুতি কাপড়, বাতাস চলে, রং থাকে।
Block-Printed=ব্লক প্রিন্টের, Quilted=তুলো ভরা
Bed Cover=বিছানার চাদর, Pillow Case Pair=বালিশের কভার জোড়া, Baby Blanket=শিশুর কম্বল, Nakshi Kantha Throw=নকশি কাঁথা, Cushion Cover Set=কুশন কভার সেট
cookware; Cookware=রান্নার বাসন; kitchen; none; Heats evenly on gas and on induction.=গ্যাস আর ইন্ডাকশনে সমানভাবে গরম হয়।
Cast Iron=ঢালাই লোহার, Stainless Steel=স্টেইনলেস স্টিলের
Karahi=কড়াই, Tawa=তাওয়া, Stock Pot=বড় হাঁড়ি, Frying Pan=ফ্রাই প্যান, Saucepan=সসপ্যান
crockery; Crockery=থালা-বাসন; kitchen; colour; Fired twice and glazed, safe in the dishwasher.=দুবার পোড়ানো, মসৃণ প্রলেপ, ডিশওয়াশারে নিরাপদ।
Stoneware=পাথুরে মাটির, Hand-Painted=হাতে আঁকা
Tea Cup Set=চায়ের কাপ সেট, Dinner Plate=ভাতের থালা, Serving Bowl=পরিবেশন বাটি, Water Jug=পানির জগ, Dessert Bowl=ফিরনির বাটি
lighting; Lamps and Lights=বাতি; tech; none; Takes common bulbs and hangs from one hook.=সাধারণ বাল্ব লাগে, এক হুকে ঝোলে।
Bamboo=বাঁশের, Brass=পিতলের
Pendant Lamp=ঝুলন্ত বাতি, Table Lamp=টেবিল ল্যাম্প, Lantern=হারিকেন, Floor Lamp=মেঝের বাতি, Wall Light=দেয়ালের বাতি
# food; Food=খাবার
rice-and-lentils; Rice and Lentils=চাল ও ডাল; food; weight; Cleaned twice and packed in the season it was grown.=দুবার বাছা, মৌসুমেই প্যাক করা।
Dinajpur=দিনাজপুরের, Organic=জৈব
Kalijira Rice=কালিজিরা চাল, Chinigura Rice=চিনিগুঁড়া চাল, Red Lentils=মসুর ডাল, Mung Beans=মুগ ডাল, Puffed Rice=মুড়ি
spices; Spices=মসলা; food; weight; Ground in small lots, so that the jar smells of it.=অল্প করে গুঁড়া করা, তাই কৌটা খুললেই ঘ্রাণ।
Stone-Ground=পাটায় বাটা, Sun-Dried=রোদে শুকানো
Turmeric=হলুদ, Red Chilli=শুকনা মরিচ, Coriander=ধনে, Cumin=জিরা, Ginger=আদা
tea; Tea=চা; food; weight; From gardens in the north-east, picked by hand.=উত্তর-পূর্বের বাগান থেকে, হাতে তোলা।
Sylhet=সিলেটের, Sreemangal=শ্রীমঙ্গলের
Black Tea=কালো চা, Green Tea=সবুজ চা, White Tea=সাদা চা, Masala Chai Blend=মসলা চা, Lemon Leaf Tea=লেবু পাতা চা
sweets; Sweets and Snacks=মিষ্টি ও নাস্তা; food; weight; Made in small pans, with no colour added.=ছোট কড়াইয়ে বানানো, কোনো রং নেই।
Home-Style=ঘরোয়া, Date Palm=খেজুর গুড়ের
Rice Moa=মোয়া, Coconut Naru=নারকেল নাড়ু, Sesame Brittle=তিলের খাজা, Rice Cake=পিঠা, Milk Fudge=সন্দেশ
# electronics; Electronics=ইলেকট্রনিক্স
phone-accessories; Phone Accessories=ফোনের জিনিস; tech; colour; Tested with phones of the last five years.=গত পাঁচ বছরের ফোনে পরীক্ষা করা।
Fast=দ্রুত, Slim=পাতলা
Charging Cable=চার্জিং কেবল, Car Charger=গাড়ির চার্জার, Power Bank=পাওয়ার ব্যাংক, Wall Charger=দেয়াল চার্জার, Wireless Pad=তারহীন প্যাড
audio; Audio=অডিও; tech; colour; Charges in two hours and remembers its last phone.=দুই ঘণ্টায় চার্জ, শেষ ফোনটি মনে রাখে।
Wireless=তারহীন, Compact=ছোট
Earphones=ইয়ারফোন, Speaker=স্পিকার, Headphones=হেডফোন, Radio=রেডিও, Microphone=মাইক্রোফোন
fans; Fans and Coolers=পাখা ও কুলার; tech; none; Quiet at its lowest step, with a spare fuse in the box.=কম গতিতে শব্দ নেই, বাক্সে বাড়তি ফিউজ।
Rechargeable=চার্জার, Quiet=নীরব
Table Fan=টেবিল ফ্যান, Ceiling Fan=সিলিং ফ্যান, Stand Fan=স্ট্যান্ড ফ্যান, Desk Cooler=ডেস্ক কুলার, Exhaust Fan=এগজস্ট ফ্যান
appliances; Kitchen Appliances=রান্নাঘরের যন্ত্র; tech; none; Sold with a two-pin plug and a year of spare parts.=দুই পিনের প্লাগ আর এক বছরের খুচরা যন্ত্রাংশসহ।
Family=পরিবারের, Compact=ছোট
Rice Cooker=রাইস কুকার, Blender=ব্লেন্ডার, Electric Kettle=বৈদ্যুতিক কেটলি, Pressure Cooker=প্রেশার কুকার, Spice Grinder=মসলা গ্রাইন্ডার
# beauty; Beauty=রূপচর্চা
skin-care; Skin Care=ত্বকের যত্ন; care; none; Made without parabens and tried on people only.=প্যারাবেন ছাড়া, শুধু মানুষের ত্বকে পরীক্ষিত।
Neem=নিমের, Turmeric=হলুদের
Face Wash=ফেস ওয়াশ, Face Cream=ফেস ক্রিম, Clay Mask=মাটির মাস্ক, Toner=টোনার, Body Lotion=বডি লোশন
hair-care; Hair Care=চুলের যত্ন; care; none; Rinses out in plain water, hard water too.=সাধারণ পানিতে ধুয়ে যায়, খর পানিতেও।
Coconut=নারকেলের, Amla=আমলকির
Hair Oil=চুলের তেল, Shampoo=শ্যাম্পু, Conditioner=কন্ডিশনার, Hair Mask=হেয়ার মাস্ক, Scalp Tonic=মাথার টনিক
soap; Soap=সাবান; care; none; Cured for six weeks, so that it lasts.=ছয় সপ্তাহ শুকানো, তাই টেকে বেশি।
Goat Milk=ছাগলের দুধের, Sandalwood=চন্দনের
Bath Bar=গোসলের সাবান, Hand Soap=হাতের সাবান, Shaving Soap=দাড়ি কামানোর সাবান, Baby Soap=শিশুর সাবান, Soap Gift Box=সাবানের উপহার বাক্স
perfume; Attar and Perfume=আতর ও সুগন্ধি; care; none; A drop behind the ear stays until evening.=কানের পেছনে এক ফোঁটা, সন্ধ্যা পর্যন্ত থাকে।
Rose=গোলাপের, Jasmine=বেলির
Attar Oil=আতর, Room Spray=ঘরের সুগন্ধি, Body Mist=বডি মিস্ট, Incense Sticks=আগরবাতি, Scented Candle=সুগন্ধি মোমবাতি
# crafts; Crafts=কারুশিল্প
baskets; Baskets=ঝুড়ি; home; colour; Woven by a cooperative of women in the south.=দক্ষিণের নারী সমবায়ের বোনা।
Jute=পাটের, Cane=বেতের
Laundry Basket=কাপড়ের ঝুড়ি, Storage Basket=রাখার ঝুড়ি, Market Bag=বাজারের ব্যাগ, Plant Holder=গাছের টব ধারক, Bread Tray=রুটির ট্রে
pottery; Pottery=মৃৎশিল্প; home; none; Thrown on the wheel and fired with wood.=চাকে গড়া, কাঠের আগুনে পোড়া।
Terracotta=পোড়ামাটির, Painted Clay=রঙিন মাটির
Flower Vase=ফুলদানি, Planter=গাছের টব, Wall Plaque=দেয়াল ফলক, Oil Lamp=প্রদীপ, Money Bank=মাটির ব্যাংক
brassware; Brassware=পিতলের কাজ; home; none; Cast in Dhamrai and polished by hand.=ধামরাইয়ে ঢালাই, হাতে পালিশ।
Engraved=খোদাই করা, Polished=পালিশ করা
Brass Tray=পিতলের ট্রে, Brass Bowl=পিতলের বাটি, Candle Holder=মোমদানি, Door Knocker=দরজার কড়া, Incense Burner=ধূপদানি
rugs; Rugs and Mats=মাদুর ও কার্পেট; home; colour; Lies flat from the first day and can be beaten clean.=প্রথম দিন থেকেই সমান, ঝেড়ে পরিষ্কার হয়।
Shital Pati=শীতল পাটির, Jute-Woven=পাটে বোনা
Floor Mat=মেঝের মাদুর, Prayer Mat=জায়নামাজ, Table Runner=টেবিল রানার, Door Mat=পাপোশ, Placemat Set=প্লেসম্যাট সেট
# books-and-office; Books and Office=বই ও অফিস
notebooks; Notebooks=খাতা; paper; colour; Opens flat, and ink does not show through.=সমান হয়ে খোলে, কালি ওপাশে যায় না।
Handmade Paper=হাতে তৈরি কাগজের, Rickshaw Art=রিকশাচিত্রের
Journal=জার্নাল, Sketchbook=আঁকার খাতা, Pocket Notebook=পকেট খাতা, Guest Book=অতিথি খাতা, Photo Album=ছবির অ্যালবাম
desk; Desk Things=টেবিলের জিনিস; paper; none; Finished with oil, never with lacquer.=তেলে মসৃণ, কখনো বার্নিশ নয়।
Mango Wood=আমকাঠের, Bamboo=বাঁশের
Pen Stand=কলমদানি, Letter Tray=চিঠির ট্রে, Book Stand=বইয়ের স্ট্যান্ড, Desk Organiser=টেবিল গোছানি, Bookends=বই ঠেকনা
school-bags; Bags=ব্যাগ; apparel; colour; Wide straps, and a bottom that stands in a puddle.=চওড়া ফিতা, তলা ভেজে না।
Canvas=ক্যানভাসের, Rickshaw-Painted=রিকশাচিত্র আঁকা
School Backpack=স্কুল ব্যাগ, Messenger Bag=কাঁধের ব্যাগ, Pencil Case=পেনসিল বক্স, Lunch Bag=টিফিন ব্যাগ, Gym Bag=জিম ব্যাগ
art; Art Supplies=আঁকার জিনিস; paper; none; Bright after years in the sun of a classroom.=ক্লাসঘরের রোদে বছর পরেও উজ্জ্বল।
Beginner=নবীনদের, Studio=স্টুডিওর
Watercolour Set=জলরঙের সেট, Brush Set=তুলির সেট, Oil Pastels=তেল প্যাস্টেল, Easel=ইজেল, Charcoal Pencils=কয়লা পেনসিল
# sport-and-play; Sport and Play=খেলা
cricket; Cricket=ক্রিকেট; play; none; Made for club grounds and for the street.=ক্লাবের মাঠ আর গলির জন্য।
Club=ক্লাবের, Junior=কিশোরদের
Cricket Bat=ক্রিকেট ব্যাট, Batting Gloves=ব্যাটিং গ্লাভস, Leather Ball=চামড়ার বল, Keeping Pads=কিপিং প্যাড, Kit Bag=কিট ব্যাগ
toys; Toys=খেলনা; play; none; Painted with colours that may be chewed.=মুখে দিলেও ক্ষতি নেই এমন রং।
Wooden=কাঠের, Cloth=কাপড়ের
Elephant=হাতি, Rickshaw=রিকশা, Doll Family=পুতুল পরিবার, Building Blocks=গড়ার ব্লক, Puppet=পুতুলনাচের পুতুল
games; Board Games=ঘরোয়া খেলা; play; none; For two to six people, rules in two languages.=দুই থেকে ছয়জনের, নিয়ম দুই ভাষায়।
Tournament=প্রতিযোগিতার, Travel=ভ্রমণের
Carrom Board=ক্যারম বোর্ড, Ludo=লুডু, Chess Set=দাবা, Snakes and Ladders=সাপলুডু, Playing Cards=তাস
garden; Garden=বাগান; home; none; Made for monsoon rain and for a small balcony.=বর্ষার বৃষ্টি আর ছোট বারান্দার জন্য।
Rooftop=ছাদের, Hand-Forged=হাতে গড়া
Watering Can=ঝাঁঝরি, Garden Trowel=খুরপি, Pruning Shears=গাছ ছাঁটার কাঁচি, Plant Rack=গাছের তাক, Seed Tray=বীজতলা
`;
