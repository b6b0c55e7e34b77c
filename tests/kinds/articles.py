"""Articles of our own, on a valley that does not exist, for questions of every kind."""

ARTICLES = {
    "bridge.md": """---
title: Flood damages two bridges at Ostholm
published: 2024-03-12
source: Ostholm Courier
---
OSTHOLM, March 12 - The spring flood damaged the Mill Bridge and the Tanner Bridge on Sunday night.
The Abbey Bridge, which was built in 1911, was not damaged. Ingrid Solvang, head of the county's road
office, said that repairs would take eleven weeks and cost 4.2 million crowns.

"We had warned the council about the piers for years," said Solvang. The council's engineer, Pavel
Dvořák, denied that any warning had been received.

Traffic is led over the Abbey Bridge until further notice. About 1,500 drivers a day are affected, the
road office reckons. The Mill Bridge was closed because a pier had cracked, not because of the water.
""",
    "bridge-later.md": """---
title: Mill Bridge opens again
published: 2024-06-03
source: Ostholm Courier
---
The Mill Bridge was opened again on 1 June, twelve weeks after the flood. The repairs cost 5.1 million
crowns in the end, a quarter of which the state paid. The Tanner Bridge will stay closed until autumn.

Correction: an earlier version of this article said that the bridge was opened on 31 May.
""",
    "ferry.txt": """Ferry between Lund Island and Tromsø sinks at its mooring

The ferry Havørn sank at its mooring in the harbour of Tromsø on Friday, 9 February 2024. Nobody was on
board. The ship, which was 41 years old, had carried passengers between Tromsø and Lund Island since 1983.

Captain Aino Lehtinen, who had sailed it for two decades, called it "the end of an age". The owner,
Nordlys Shipping (NS), had bought the ferry for 300,000 euros in 1998. An inquiry by the coast guard
found that a valve had been left open. The ferry was not insured.
""",
    "school.md": """---
title: Village school to close
published: 2023-11-02
---
# Village school to close

The school at Lower Marn will close in July because only nine children are left. It opened in 1874 under
Queen Amalie II. Head teacher Tomasz Łukowski said the nine would go to Upper Marn, 14 kilometres away.

Parents may apply for:

- a place on the school bus
- a bicycle allowance of 60 crowns a month
- lessons at home in winter

The county's education officer, Ruth Abara, will decide on the building. It could become a library.
""",
    "orchard.md": """---
title: Orchard prize for Marn growers
published: 2024-10-20
---
The growers' association of Marn won the National Orchard Prize (NOP) for its old pear trees. Its
chairwoman, Elif Demir, is 38 and took over from her father in 2019. The prize is worth twenty thousand
crowns. Seventeen associations had applied.

Demir said the money would buy a cider press. The jury praised the association because it had saved
forty-two kinds of pear from being lost. Half of the trees are older than 80 years.

Why are old kinds worth saving? They stand frost better than new ones, Demir said.
""",
    "radio.md": """---
title: Radio Marn moves into the tower
published: 2024-08-14
---
Radio Marn, the valley's only station, has moved into the water tower. It broadcasts for six hours a day.
The move was paid for by listeners, who gave 87,000 crowns, and by the county, which gave 40,000.

The station's founder is Bob Carter, a retired postman. His colleague Mette Lind presents the morning
programme. The tower is 31 metres tall, and the studio is on its fourth floor.
""",
}
