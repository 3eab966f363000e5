/**
 * The goods of Nordic Market in Stockholm, English and Swedish, written as those of Acme Bazaar; in Swedish a quality is
 * said behind its noun.
 */
export const nordicGoods = `
# clothing; Clothing=Kläder
knitwear; Knitwear=Stickat; apparel; sizecolour; Knitted in Borås, with a spare skein for mending.=Stickat i Borås, med ett extra nystan att laga med.
Merino=i merinoull, Lambswool=i lammull
Crew Neck Jumper=Rundhalsad tröja, Cardigan=Kofta, Roll Neck=Polotröja, Sweater Vest=Slipover, Fisherman's Jumper=Fiskartröja
outerwear; Outerwear=Ytterkläder; apparel; sizecolour; Seams taped, and pockets that a mitten fits into.=Tejpade sömmar och fickor där en vante får plats.
Waxed Cotton=i vaxad bomull, Down-Filled=med dunfyllning
Parka=Parkas, Field Jacket=Fältjacka, Gilet=Väst, Anorak=Anorak, Car Coat=Rock
workwear; Trousers and Workwear=Byxor och arbetskläder; apparel; sizecolour; Double knees, and a loop for the rule.=Dubbla knän och en ögla för tumstocken.
Canvas=i kanvas, Corduroy=i manchester
Carpenter Trousers=Snickarbyxor, Dungarees=Hängselbyxor, Chore Jacket=Arbetsjacka, Overshirt=Skjortjacka, Work Shorts=Arbetsshorts
accessories; Hats, Scarves and Mittens=Mössor, halsdukar och vantar; apparel; colour; Warm at twenty below, dry at the stove by morning.=Varmt i tjugo minus, torrt vid kaminen till morgonen.
Cable-Knit=med flätor, Felted Wool=i tovad ull
Beanie=Mössa, Mittens=Vantar, Scarf=Halsduk, Headband=Pannband, Wool Socks=Raggsockor
# home; Home=Hem
bedding; Bedding=Sängkläder; home; colour; Washed before it is sewn, and softer every year.=Tvättat före sömnad och mjukare för varje år.
Washed Linen=i tvättat linne, Organic Percale=i ekologisk perkal
Duvet Cover=Påslakan, Pillowcase Pair=Örngott i par, Fitted Sheet=Dra-på-lakan, Bedspread=Överkast, Flat Sheet=Underlakan
textiles; Throws and Cushions=Plädar och kuddar; home; colour; Woven on a mill's last wide loom in Småland.=Vävt i en smålandsfabriks sista breda vävstol.
Boiled Wool=i kokt ull, Herringbone=i fiskbensmönster
Throw=Pläd, Cushion=Kudde, Seat Pad=Sittdyna, Bed Runner=Sänglöpare, Sofa Blanket=Soffilt
lighting; Lighting=Belysning; tech; colour; Wired for Europe, with a cloth cord of three metres.=Europeisk kontakt och tre meter textilsladd.
Opal Glass=i opalglas, Powder-Coated Steel=i lackat stål
Pendant Lamp=Taklampa, Desk Lamp=Skrivbordslampa, Wall Sconce=Vägglampa, Floor Lamp=Golvlampa, Bedside Lamp=Sänglampa
storage; Storage=Förvaring; home; none; Goes together without a tool and comes apart again.=Sätts ihop utan verktyg och går att ta isär igen.
Birch=i björk, Smoked Oak=i rökt ek
Wall Shelf=Vägghylla, Shoe Rack=Skohylla, Coat Rack=Klädhängare, Bench=Bänk, Bedside Table=Sängbord
# kitchen; Kitchen=Kök
tableware; Tableware=Servis; kitchen; colour; Glazed by hand, so that no two are quite alike.=Glaserat för hand, så att inga två är helt lika.
Stoneware=i stengods, Speckled Porcelain=i spräckligt porslin
Dinner Plate=Mattallrik, Soup Bowl=Sopptallrik, Coffee Mug=Kaffemugg, Serving Dish=Serveringsfat, Milk Jug=Mjölkkanna
cookware; Cookware=Kastruller och pannor; kitchen; none; For every stove, induction too, with handles that stay cool.=För alla spisar, även induktion, med handtag som förblir svala.
Enamelled=i emalj, Carbon Steel=i kolstål
Casserole=Gryta, Frying Pan=Stekpanna, Roasting Tin=Ugnsform, Sauté Pan=Traktörpanna, Crêpe Pan=Pannkakslagg
knives; Knives and Boards=Knivar och skärbrädor; kitchen; none; Sharpened by hand, and again for nothing after a year.=Slipat för hand, och gratis igen efter ett år.
Walnut=i valnöt, Curly Birch=i masurbjörk
Bread Knife=Brödkniv, Chef's Knife=Kockkniv, Chopping Board=Skärbräda, Butter Knife=Smörkniv, Cheese Slicer=Osthyvel
glass; Glass=Glas; kitchen; none; Blown in Småland's woods, cleared of its edge by fire.=Blåst i Glasriket, kanten rundad med eld.
Hand-Blown=av munblåst glas, Smoked Glass=av rökfärgat glas
Carafe=Karaff, Tumbler Pair=Vattenglas i par, Candle Holder=Ljusstake, Flower Vase=Blomvas, Sugar Bowl=Sockerskål
# food; Food=Mat
bread; Bread and Crispbread=Bröd och knäckebröd; food; weight; Baked with rye from one farm, keeps for half a year.=Bakat på råg från en gård, håller ett halvår.
Sourdough=på surdeg, Stone-Baked=bakat på sten
Rye Crispbread=Rågknäcke, Seed Crackers=Frökex, Thin Bread=Tunnbröd, Oat Rusks=Havreskorpor, Barley Rounds=Kornkakor
preserves; Jams and Preserves=Sylt och inlagt; food; weight; Picked wild, cooked the same day with little sugar.=Vildplockat, kokat samma dag med lite socker.
Forest=från skogen, Arctic=från fjällen
Cloudberry Jam=Hjortronsylt, Lingonberry Jam=Lingonsylt, Bilberry Jam=Blåbärssylt, Rowan Jelly=Rönnbärsgelé, Raspberry Cordial=Hallonsaft
coffee; Coffee and Tea=Kaffe och te; food; weight; Roasted on Mondays, sent on Tuesdays.=Rostat på måndagar, skickat på tisdagar.
Light Roast=i ljusrost, Dark Roast=i mörkrost
Filter Coffee=Bryggkaffe, Espresso Beans=Espressobönor, Decaf Coffee=Koffeinfritt kaffe, Boiled Coffee=Kokkaffe, Chicory Blend=Cikoriablandning
sweets; Sweets=Godis; food; weight; Made in copper pans, in lots that fit one table.=Gjort i kopparkittel, i satser som ryms på ett bord.
Sea Salt=med havssalt, Liquorice=med lakrits
Toffee=Kola, Fudge=Fudge, Dark Chocolate=Mörk choklad, Caramel Slices=Knäck, Marzipan Bites=Marsipanbitar
# outdoor; Outdoor=Friluft
camping; Camping=Camping; play; colour; Pitched by one person in the wind of the fells.=Slås upp av en person i fjällvind.
Ultralight=i ultralätt väv, Four-Season=för alla årstider
Tunnel Tent=Tunneltält, Sleeping Bag=Sovsäck, Camp Mat=Liggunderlag, Hammock=Hängmatta, Tarp=Tarp
packs; Packs and Bags=Ryggsäckar och väskor; apparel; colour; Repaired by us for as long as we are here.=Lagas av oss så länge vi finns.
Recycled Nylon=i återvunnen nylon, Waxed Canvas=i vaxad kanvas
Day Pack=Dagsryggsäck, Duffel=Duffel, Roll-Top Bag=Rullväska, Hip Pack=Midjeväska, Tote=Kasse
ski; Ski and Skate=Skidor och skridskor; play; none; Sized by weight, with a table in the box.=Storlek efter vikt, med tabell i lådan.
Touring=för tur, Junior=för juniorer
Cross-Country Skis=Längdskidor, Ski Poles=Skidstavar, Ice Skates=Skridskor, Snowshoes=Snöskor, Sledge=Kälke
bikes; Cycling=Cykling; tech; none; Fits frames of every maker since the eighties.=Passar alla märkens ramar sedan åttiotalet.
Commuter=för pendling, Gravel=för grusväg
Bike Light=Cykellampa, Pannier=Packväska, Saddle=Sadel, Helmet=Hjälm, Floor Pump=Golvpump
# wellness; Wellness=Välmående
skin-care; Skin Care=Hudvård; care; none; Scented by the plant itself, or not at all.=Doftar av växten själv, eller inte alls.
Birch Sap=med björksav, Sea Buckthorn=med havtorn
Face Cream=Ansiktskräm, Cleanser=Rengöring, Lip Balm=Läppbalsam, Hand Cream=Handkräm, Body Oil=Kroppsolja
soap; Soap and Bath=Tvål och bad; care; none; Boiled in small kettles, cut by wire.=Kokt i små kittlar, skuren med tråd.
Pine Tar=med tjära, Juniper=med enbär
Bar Soap=Tvål, Shampoo Bar=Schampokaka, Bath Salt=Badsalt, Shaving Soap=Raktvål, Foot Scrub=Fotskrubb
sauna; Sauna=Bastu; home; none; Takes heat and water for years without cracking.=Tål värme och vatten i åratal utan att spricka.
Aspen=i asp, Alder=i al
Sauna Bucket=Bastustäva, Ladle=Bastuskopa, Back Rest=Ryggstöd, Thermometer=Bastutermometer, Bench Mat=Bänkribba
candles; Candles=Ljus; home; colour; Burns for forty hours, without a drip where there is no draught.=Brinner i fyrtio timmar, droppar inte där det inte drar.
Beeswax=i bivax, Rapeseed=i rapsvax
Pillar Candle=Blockljus, Taper Pair=Kronljus i par, Tea Lights=Värmeljus, Scented Candle=Doftljus, Garden Torch=Marschall
# electronics; Electronics=Elektronik
audio; Audio=Ljud; tech; colour; Battery and cushions can be changed at home.=Batteri och kuddar kan bytas hemma.
Wireless=utan sladd, Studio=för studio
Headphones=Hörlurar, Speaker=Högtalare, Turntable=Skivspelare, Earbuds=Öronsnäckor, Soundbar=Ljudlimpa
charging; Charging=Laddning; tech; colour; One cable for all that is newer than 2020.=En sladd till allt som är nyare än 2020.
Braided=med flätad sladd, Magnetic=med magnet
Charging Cable=Laddkabel, Desk Charger=Bordsladdare, Power Bank=Powerbank, Car Charger=Billaddare, Travel Adapter=Reseadapter
smart-home; Smart Home=Smarta hem; tech; none; Works without an account, and without the internet.=Fungerar utan konto och utan internet.
Battery-Free=utan batteri, Outdoor=för utomhusbruk
Light Switch=Strömbrytare, Motion Sensor=Rörelsevakt, Door Sensor=Dörrvakt, Weather Station=Väderstation, Smart Plug=Smart uttag
desk; Desk=Skrivbord; tech; colour; Made of one sheet, bent once.=Gjort av en skiva, bockad en gång.
Felt-Lined=med filt, Bent Birch=i formpressad björk
Laptop Stand=Datorställ, Desk Mat=Skrivbordsunderlägg, Monitor Riser=Skärmhylla, Cable Box=Sladdlåda, Pen Tray=Pennfack
# family; Family=Familj
toys; Toys=Leksaker; play; none; Oiled with linseed, and to be inherited.=Oljat med linolja, och tänkt att ärvas.
Beech=i bok, Painted Wood=i målat trä
Train Set=Tågbana, Stacking Tower=Stapeltorn, Pull-Along Duck=Draganka, Doll's House=Dockskåp, Farm Animals=Bondgårdsdjur
baby; Baby=Baby; apparel; size; Soft seams outside, snaps that a tired parent finds.=Mjuka sömmar utåt, knappar som en trött förälder hittar.
Organic Cotton=i ekologisk bomull, Ribbed Wool=i ribbad ull
Bodysuit=Body, Romper=Sparkdräkt, Baby Hat=Babymössa, Leggings=Leggings, Sleep Sack=Sovpåse
books; Books and Paper=Böcker och papper; paper; colour; Sewn, so that it lies open where it was left.=Trådbundet, så att det ligger öppet där man slutade.
Cloth-Bound=i klotband, Recycled Paper=av återvunnet papper
Journal=Dagbok, Sketchbook=Skissbok, Weekly Planner=Veckokalender, Recipe Book=Receptbok, Guest Book=Gästbok
garden; Garden=Trädgård; home; none; Handles of ash, to be replaced by anybody.=Skaft av ask, som vem som helst kan byta.
Forged Steel=i smitt stål, Galvanised=i galvaniserad plåt
Hand Fork=Handgrep, Watering Can=Vattenkanna, Planter=Planteringskärl, Dibber=Planteringspinne, Bucket=Hink
`;
