-- Makes the demonstration harder for the rules of land and money, with cases that a bureau's first files have: nobody stated floor
-- areas, certificates and heights are missing, firms come and go within 2023, rows of retired parcels are left running.

-- Every third occupancy without floor area, every seventh from or until an odd day of 2023.
WITH numbered AS (
    SELECT parcel, building, uscc, "from", row_number() OVER (ORDER BY uscc COLLATE "C", parcel, building, "from") AS n
      FROM muchan.occupancies
)
UPDATE muchan.occupancies o
   SET floor_m2 = CASE WHEN n % 3 = 0 THEN NULL ELSE floor_m2 END,
       "from"   = CASE WHEN n % 7 = 1 AND o."from" < '2023-01-01' AND o."to" IS NULL THEN '2023-03-10' ELSE o."from" END,
       "to"     = CASE WHEN n % 7 = 2 AND o."from" < '2023-01-01' AND o."to" IS NULL THEN '2023-10-04' ELSE o."to" END
  FROM numbered m
 WHERE (o.parcel, o.building, o.uscc, o."from") = (m.parcel, m.building, m.uscc, m."from");

-- Rows of retired parcels that nobody ended, and one that was carried over to a successor beside it.
UPDATE muchan.occupancies
   SET "to" = NULL
 WHERE parcel IN (SELECT unnest(parents) FROM muchan.parcels);
INSERT INTO muchan.occupancies (parcel, building, uscc, tenure, floor_m2, "from")
SELECT p.code, '', o.uscc, o.tenure, 1234.5, greatest('2023-08-15', p.valid_from)
  FROM muchan.parcels p
  JOIN muchan.occupancies o ON o.parcel = ANY (p.parents)
 WHERE o.uscc NOT IN (SELECT uscc FROM muchan.occupancies WHERE parcel = p.code)
 GROUP BY p.code, p.valid_from, o.uscc, o.tenure;

-- Firms with a second hold: next to their own building on the same parcel, and on a parcel that was retired without a successor.
INSERT INTO muchan.occupancies (parcel, building, uscc, tenure, floor_m2, "from")
SELECT o.parcel, '', o.uscc, 'lease', NULL, '2023-06-01'
  FROM muchan.occupancies o
 WHERE o.building <> '' AND right(o.uscc, 2) < '6'
   AND NOT EXISTS (SELECT FROM muchan.occupancies x WHERE (x.parcel, x.building, x.uscc) = (o.parcel, '', o.uscc))
 GROUP BY o.parcel, o.uscc;
INSERT INTO muchan.occupancies (parcel, building, uscc, tenure, floor_m2, "from")
SELECT p.code, '', f.uscc, 'lease', 777.77, '2020-02-29'
  FROM muchan.parcels p, (SELECT DISTINCT uscc FROM muchan.figures ORDER BY uscc LIMIT 20) f
 WHERE p.valid_to < '2023-01-01' AND NOT EXISTS (SELECT FROM muchan.parcels h WHERE p.code = ANY (h.parents));

-- Firms with an unbuilt plot besides, where there is no floor area to state.
INSERT INTO muchan.occupancies (parcel, building, uscc, tenure, floor_m2, "from")
SELECT p.code, '', f.uscc, 'own', NULL, '2022-05-05'
  FROM (SELECT code, row_number() OVER (ORDER BY code COLLATE "C") AS n
          FROM muchan.parcels
         WHERE valid_to IS NULL AND code NOT IN (SELECT parcel FROM muchan.buildings)) p
  JOIN (SELECT uscc, row_number() OVER (ORDER BY uscc COLLATE "C" DESC) AS n FROM muchan.figures WHERE year = 2023) f ON f.n = p.n
ON CONFLICT DO NOTHING;

-- Firms that began or ended within 2023; one that by its dates never was at work where it is.
UPDATE muchan.firms SET produced_on = '2023-05-20' WHERE right(uscc, 1) BETWEEN '0' AND '3';
UPDATE muchan.firms SET closed_on   = '2023-11-11' WHERE right(uscc, 1) BETWEEN '4' AND '6';
UPDATE muchan.firms SET closed_on   = '2019-12-31' WHERE right(uscc, 1) = '7';

-- Losses, taxes left blank, refunds above the tax.
UPDATE muchan.figures SET value_added_wan = -value_added_wan - 0.000001 WHERE right(uscc, 1) IN ('8', 'A', 'C');
UPDATE muchan.figures SET vat_wan = NULL, income_tax_wan = NULL         WHERE right(uscc, 1) IN ('9', 'D');
UPDATE muchan.figures
   SET (vat_wan, income_tax_wan, urban_tax_wan, land_use_tax_wan, property_tax_wan, other_tax_wan, export_credit_wan, vat_refund_wan)
       = ROW (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
 WHERE right(uscc, 1) = 'E';

-- Storeys of exactly and hardly more than 8 m, of unknown height, and none on file.
UPDATE muchan.buildings SET storeys = '1000.1@8;900.5@8.01;800.25;700.12@4.5' WHERE right(id, 1) = '1';
UPDATE muchan.buildings SET storeys = NULL                                     WHERE right(id, 1) = '2';

-- Parcels without certificate, where the drawn area, which PostGIS rounds, decides on no share of money.
UPDATE muchan.parcels p
   SET title_area_m2 = NULL
 WHERE right(code, 1) IN ('3', '8') AND coalesce(parents, '{}') = '{}'
   AND EXISTS (SELECT FROM muchan.buildings b WHERE b.parcel = p.code AND b.valid_to IS NULL AND b.storeys <> '');

-- A tower entered as a building of its own over the podium it stands on.
INSERT INTO muchan.buildings (id, parcel, use, storeys, valid_from, shape)
SELECT DISTINCT ON (parcel) id || 'T', parcel, use, '640@4;640@4', valid_from, shape
  FROM muchan.buildings
 WHERE valid_to IS NULL AND right(parcel, 1) IN ('4', '5')
 ORDER BY parcel, id COLLATE "C";
