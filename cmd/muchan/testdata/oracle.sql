-- The rules of land and money, stated once more in SQL so that the scores can be checked against something that is not Go. It reads
-- only the tables and goes day by day through the year, where the program goes from one coming or going to the next. Areas and money
-- are numeric, money is whole fen. Where a document says how, the clause stands beside it; "design" is scoring/DESIGN.md.
--
-- $1 year of the figures, $2 as-of date, $3 columns of muchan.figures that the rule set sums as rated tax.
-- Columns carry the names of `muchan score --json`; a missing value is NULL.

WITH
day AS (
    SELECT make_date($1::int, 1, 1) + n AS day
      FROM generate_series(0, make_date($1::int, 12, 31) - make_date($1::int, 1, 1)) AS n
),

-- An edition is valid from its first day until the day before valid_to. "Title area is the denominator; the drawn ellipsoidal area
-- stands in" (design, Land use).
parcel AS (
    SELECT code, parents, valid_from,
           coalesce(title_area_m2 > 0, false)                                                           AS is_title,
           (CASE WHEN title_area_m2 > 0 THEN title_area_m2 ELSE ST_Area(shape::geography) END)::numeric AS land_m2
      FROM muchan.parcels
     WHERE valid_from <= $2::date AND (valid_to IS NULL OR valid_to > $2::date)
),

-- 容积率: 当建筑物层高超过8米，在计算容积率时该层建筑面积加倍计算. Strictly above, storey by storey; an unknown height counts once.
building AS (
    SELECT b.id, b.parcel, b.shape, s.floor_m2, s.far_m2
      FROM muchan.buildings b,
           LATERAL (SELECT sum(floor_m2)                                              AS floor_m2,
                           sum(CASE WHEN height_m > 8.0 THEN 2 ELSE 1 END * floor_m2) AS far_m2
                      FROM string_to_table(b.storeys, ';') AS storey,
                           LATERAL (SELECT nullif(split_part(storey, '@', 1), '')::numeric AS floor_m2,
                                           nullif(split_part(storey, '@', 2), '')::numeric AS height_m) f) s
     WHERE valid_from <= $2::date AND (valid_to IS NULL OR valid_to > $2::date)
),

-- 1 亩 = 2000/3 m². "A parcel without a known floor area counts as if its floor-area ratio were 1" (design, Floor area and land).
-- 建筑密度 counts ground once, however many footprints stand on it.
site AS (
    SELECT p.code, p.is_title, p.land_m2, p.land_m2 * 3 / 2000 AS land_mu, b.floor_m2, b.far_m2, b.footprint_m2,
           coalesce(nullif(b.floor_m2, 0), p.land_m2) AS capacity_m2
      FROM parcel p
      LEFT JOIN (SELECT parcel, sum(floor_m2) AS floor_m2, sum(far_m2) AS far_m2,
                        ST_Area(ST_Union(shape)::geography) AS footprint_m2
                   FROM building
                  GROUP BY parcel) b ON b.parcel = p.code
),

-- "A retired parcel's occupancies pass to its successors by land" (design, Floor area and land), by one generation.
heir AS (
    SELECT parent, code, valid_from, land_m2, sum(land_m2) OVER (PARTITION BY parent) AS all_m2
      FROM parcel, unnest(parents) AS parent
     WHERE parent NOT IN (SELECT code FROM parcel)
),

occupancy AS (
    SELECT row_number() OVER () AS id, parcel, building, uscc, floor_m2::numeric AS floor_m2, "from", "to"
      FROM muchan.occupancies
     WHERE "from" <= $2::date
),

-- Who holds what. parcel is NULL where neither the parcel nor a successor is on the map, building where none with floor area is meant.
held AS (
    SELECT o.id, o.uscc, s.code AS parcel, b.id AS building, b.floor_m2 AS building_m2, s.capacity_m2, o.floor_m2, o."from", o."to"
      FROM occupancy o
      LEFT JOIN site s     ON s.code = o.parcel
      LEFT JOIN building b ON b.id = o.building AND b.parcel = o.parcel AND b.floor_m2 IS NOT NULL
     WHERE o.parcel NOT IN (SELECT parent FROM heir)
    UNION ALL
    -- It ends when the same firm's occupancy of a successor begins: the old row was carried over, not left running beside it.
    SELECT o.id, o.uscc, h.code, NULL, NULL, s.capacity_m2, o.floor_m2 * h.land_m2 / h.all_m2, o."from",
           least(o."to", (SELECT min(greatest(n."from", k.valid_from))
                            FROM heir k JOIN occupancy n ON n.parcel = k.code
                           WHERE k.parent = o.parcel AND n.uscc = o.uscc))
      FROM occupancy o
      JOIN heir h ON h.parent = o.parcel
      JOIN site s ON s.code = h.code
),

present AS (
    SELECT *
      FROM held JOIN day ON day >= "from" AND ("to" IS NULL OR day < "to")
),

-- "Stated floor area stands; an occupancy without floor area takes what the others leave of its building" (design, Floor area and
-- land), in equal parts ...
in_building AS (
    SELECT id, uscc, parcel, day, capacity_m2,
           CASE WHEN floor_m2 IS NOT NULL THEN floor_m2
                WHEN building IS NOT NULL
                THEN greatest(0, building_m2 - coalesce(sum(floor_m2) OVER w, 0)) / count(*) FILTER (WHERE floor_m2 IS NULL) OVER w
           END AS floor_m2
      FROM present
    WINDOW w AS (PARTITION BY parcel, building, day)
),

-- ... "or of the parcel".
on_parcel AS (
    SELECT id, uscc, parcel, day,
           CASE WHEN floor_m2 IS NOT NULL THEN floor_m2
                WHEN parcel   IS NOT NULL
                THEN greatest(0, capacity_m2 - coalesce(sum(floor_m2) OVER w, 0)) / count(*) FILTER (WHERE floor_m2 IS NULL) OVER w
                ELSE 0
           END AS floor_m2
      FROM in_building
    WINDOW w AS (PARTITION BY parcel, day)
),

-- Floor area × days in "whole hundredths of m²·days" (design, Money); days alone where a firm's floor area is not known at all.
weight AS (
    SELECT uscc, parcel, CASE WHEN sum(hundredths) OVER w > 0 THEN hundredths ELSE days END AS weight
      FROM (SELECT uscc, parcel, round(100 * sum(floor_m2)) AS hundredths, count(*) AS days
              FROM on_parcel
             GROUP BY id, uscc, parcel) sums
    WINDOW w AS (PARTITION BY uscc)
),

-- "Days on which a firm was at work (from registration, or from production when that is later, until it closed) but occupied
-- nothing" earn for no parcel (design, Money). A firm that by its dates was never at work where it was, was at work there only.
work AS (
    SELECT f.uscc, count(p.day) AS there, count(*) - count(p.day) AS away
      FROM muchan.firms f
      JOIN day d ON d.day >= coalesce(greatest(f.registered_on, f.produced_on), d.day) AND (f.closed_on IS NULL OR d.day < f.closed_on)
      LEFT JOIN (SELECT DISTINCT uscc, day FROM present) p ON p.uscc = f.uscc AND p.day = d.day
     GROUP BY f.uscc
    HAVING count(p.day) > 0
),

-- "Rated tax sums the components on file; it is missing when none is" (design, Evaluation).
money AS (
    SELECT f.uscc, m.kind, m.wan * 1000000 AS fen
      FROM muchan.figures f,
           LATERAL (VALUES ('output',      f.output_wan),
                           ('revenue',     f.revenue_wan),
                           ('value_added', f.value_added_wan),
                           ('tax',         (SELECT sum((to_jsonb(f) ->> part)::numeric) FROM unnest($3::text[]) AS part))) m (kind, wan)
     WHERE f.year = $1::int AND m.wan IS NOT NULL
),

-- Largest remainder between two is rounding to the nearest fen. Amounts below zero are split like those above.
earned_here AS (
    SELECT m.uscc, m.kind, sign(m.fen) AS sign,
           CASE WHEN w.uscc IS NULL THEN abs(m.fen)
                ELSE div(2 * abs(m.fen) * w.there + (w.there + w.away), 2 * (w.there + w.away)) END AS fen
      FROM money m
      LEFT JOIN work w ON w.uscc = m.uscc
),

-- "A firm's amount is split over its occupancies by largest remainder, equal remainders to the first parcel by code" (design, Money).
part AS (
    SELECT e.uscc, e.kind, w.parcel, e.sign, e.fen,
           div(e.fen * w.weight, sum(w.weight) OVER k) AS floor_fen,
           mod(e.fen * w.weight, sum(w.weight) OVER k) AS remainder
      FROM earned_here e
      JOIN weight w ON w.uscc = e.uscc
    WINDOW k AS (PARTITION BY e.uscc, e.kind)
),
share AS (
    SELECT parcel, kind,
           sign * (floor_fen + CASE WHEN row_number() OVER by_remainder <= fen - sum(floor_fen) OVER k THEN 1 ELSE 0 END) AS fen
      FROM part
    WINDOW k            AS (PARTITION BY uscc, kind),
           by_remainder AS (PARTITION BY uscc, kind ORDER BY remainder DESC, parcel COLLATE "C")
),

-- A parcel's money is missing when no firm on it has any on file.
carried AS (
    SELECT parcel,
           sum(fen) FILTER (WHERE kind = 'output')      / 1000000 AS output_wan,
           sum(fen) FILTER (WHERE kind = 'revenue')     / 1000000 AS revenue_wan,
           sum(fen) FILTER (WHERE kind = 'value_added') / 1000000 AS value_added_wan,
           sum(fen) FILTER (WHERE kind = 'tax')         / 1000000 AS tax_wan
      FROM share
     GROUP BY parcel
)

SELECT s.code,
       s.is_title                            AS is_title, -- not a score: says how land_mu may be compared
       s.land_mu                    ::float8 AS land_mu,
       s.floor_m2                   ::float8 AS floor_m2,
       c.output_wan                 ::float8 AS output_wan,
       c.revenue_wan                ::float8 AS revenue_wan,
       c.value_added_wan            ::float8 AS value_added_wan,
       c.tax_wan                    ::float8 AS tax_wan,
       (c.output_wan      / land_mu)::float8 AS output_wan_mu,      -- 亩均产值
       (c.revenue_wan     / land_mu)::float8 AS revenue_wan_mu,     -- 亩均营业收入
       (c.value_added_wan / land_mu)::float8 AS value_added_wan_mu, -- 亩均增加值
       (c.tax_wan         / land_mu)::float8 AS tax_wan_mu,         -- 亩均税收
       (s.far_m2          / land_m2)::float8 AS far,                -- 容积率 = Σ floor area / land
       s.footprint_m2     / land_m2 ::float8 AS density             -- 建筑密度 = Σ footprint / land
  FROM site s
  LEFT JOIN carried c ON c.parcel = s.code
