-- The evaluation of firms by the default scheme, stated once more in SQL: land, indicators, bases, points, ranks, classes and
-- overrides. It reads only the tables, and holds the scheme's figures itself, so that a change of seeds/rules/evaluation.default.yaml
-- that nobody meant does not pass. Where the design says how, its words stand beside; "design" is scoring/DESIGN.md.
--
-- $1 year of the figures, $2 as-of date. One row for each firm, with the columns of `muchan score --json`; missing is NULL.
--
-- It goes from one coming or going to the next, parcel by parcel.

WITH
period AS (
    SELECT daterange(make_date($1::int, 1, 1), make_date($1::int + 1, 1, 1)) AS year, make_date($1::int, 12, 31) AS last_day
),

-- weights, caps and rules for missing values; 规上 as 黄岩区 2022, cap 1.5, floor 0
scheme (cohort, indicator, weight, missing) AS (
    VALUES ('above_scale',       'I1', 30, 'not_rated'), ('above_scale',       'I2', 20, 'not_rated'), ('above_scale', 'I3', 20, 'mean'),
           ('above_scale',       'I4', 10, 'mean'),      ('above_scale',       'I5', 10, 'mean'),      ('above_scale', 'I6', 10, 'zero'),
           ('below_scale',       'I1', 50, 'not_rated'), ('below_scale',       'I8', 50, 'mean'),
           ('below_scale_small', 'I1', 50, 'not_rated'), ('below_scale_small', 'I8', 50, 'mean'),
           ('tenant',            'I1', 50, 'not_rated'), ('tenant',            'I8', 50, 'mean')
),

-- "Title area is the denominator; the drawn ellipsoidal area stands in" (design, Land use).
parcel AS MATERIALIZED (
    SELECT code, parents, valid_from, coalesce(title_area_m2 > 0, false) AS is_title,
           CASE WHEN title_area_m2 > 0 THEN title_area_m2 ELSE ST_Area(shape::geography) END AS land_m2,
           coalesce(undelivered_m2, 0) AS undelivered_m2,
           -- land "still inside its contractual building period": neither completed nor producing, and the agreed date not passed
           coalesce((SELECT last_day FROM period) <= coalesce(due_production_on, due_completion_on)
                    AND NOT coalesce(completed_on <= (SELECT last_day FROM period), false)
                    AND NOT coalesce(produced_on <= (SELECT last_day FROM period), false), false) AS being_built
      FROM muchan.parcels
     WHERE valid_from <= $2::date AND (valid_to IS NULL OR valid_to > $2::date)
),
building AS MATERIALIZED (
    SELECT b.id, b.parcel, s.floor_m2
      FROM muchan.buildings b,
           LATERAL (SELECT sum(nullif(split_part(storey, '@', 1), '')::float8) AS floor_m2
                      FROM string_to_table(b.storeys, ';') AS storey) s
     WHERE valid_from <= $2::date AND (valid_to IS NULL OR valid_to > $2::date)
),
-- "A parcel without a known floor area counts as if its floor-area ratio were 1" (design, Floor area and land).
site AS MATERIALIZED (
    SELECT p.code, p.is_title, p.land_m2, greatest(p.land_m2 - p.undelivered_m2, 0) AS rated_m2, p.being_built, coalesce(nullif(b.floor_m2, 0), p.land_m2) AS capacity_m2
      FROM parcel p LEFT JOIN (SELECT parcel, sum(floor_m2) AS floor_m2 FROM building GROUP BY parcel) b ON b.parcel = p.code
),

-- "A retired parcel's occupancies pass to its successors by land" (design, Floor area and land).
heir AS (
    SELECT parent, p.code, valid_from, land_m2, sum(land_m2) OVER (PARTITION BY parent) AS all_m2
      FROM parcel p, unnest(parents) AS parent
     WHERE NOT EXISTS (SELECT FROM parcel q WHERE q.code = parent)
),
occupancy AS (
    SELECT row_number() OVER () AS id, parcel, building, uscc, tenure, floor_m2, "from", "to"
      FROM muchan.occupancies
     WHERE "from" <= $2::date
),
held AS MATERIALIZED (
    SELECT h.*, daterange("from", "to") * year AS days
      FROM (SELECT o.id, o.uscc, o.tenure, s.code AS parcel, b.id AS building, b.floor_m2 AS building_m2, s.capacity_m2, o.floor_m2, o."from", o."to"
              FROM occupancy o
              LEFT JOIN site s     ON s.code = o.parcel
              LEFT JOIN building b ON b.id = o.building AND b.parcel = o.parcel AND b.floor_m2 IS NOT NULL
             WHERE NOT EXISTS (SELECT FROM heir WHERE heir.parent = o.parcel)
            UNION ALL
            SELECT o.id, o.uscc, o.tenure, h.code, NULL, NULL, s.capacity_m2, o.floor_m2 * h.land_m2 / h.all_m2, o."from",
                   greatest(o."from", least(o."to", (SELECT min(greatest(n."from", k.valid_from))
                                                       FROM heir k JOIN occupancy n ON n.parcel = k.code
                                                      WHERE k.parent = o.parcel AND n.uscc = o.uscc)))
              FROM occupancy o JOIN heir h ON h.parent = o.parcel JOIN site s ON s.code = h.code) h, period
     WHERE NOT isempty(daterange("from", "to") * year)
),

-- The stretches of the year in which nobody comes or goes on a parcel.
stretch AS MATERIALIZED (
    SELECT parcel, cut AS first, lead(cut) OVER (PARTITION BY parcel ORDER BY cut) AS beyond
      FROM (SELECT parcel, lower(days) AS cut FROM held WHERE parcel IS NOT NULL
            UNION SELECT parcel, upper(days) FROM held WHERE parcel IS NOT NULL) cuts
),
-- "Stated floor area stands; an occupancy without floor area takes what the others leave of its building, or of the parcel."
in_building AS (
    SELECT h.id, h.uscc, h.tenure, h.parcel, t.first, t.beyond, h.capacity_m2,
           CASE WHEN h.floor_m2 IS NOT NULL THEN h.floor_m2
                WHEN h.building IS NOT NULL
                THEN greatest(0, h.building_m2 - coalesce(sum(h.floor_m2) OVER w, 0)) / count(*) FILTER (WHERE h.floor_m2 IS NULL) OVER w
           END AS floor_m2
      FROM held h JOIN stretch t ON t.parcel = h.parcel AND t.beyond IS NOT NULL AND h.days @> t.first
    WINDOW w AS (PARTITION BY h.parcel, h.building, t.first)
),
on_parcel AS (
    SELECT id, uscc, tenure, parcel, first, beyond, capacity_m2,
           coalesce(floor_m2, greatest(0, capacity_m2 - coalesce(sum(floor_m2) OVER w, 0)) / count(*) FILTER (WHERE floor_m2 IS NULL) OVER w) AS floor_m2
      FROM in_building
    WINDOW w AS (PARTITION BY parcel, first)
),
-- "Land follows floor area; vacant floor area stays with the owner", over the floor area or the sum of what is stated when that is
-- larger.
share AS (
    SELECT id, uscc, parcel,
           (floor_m2 + CASE WHEN tenure = 'own' THEN (whole_m2 - used_m2) / owners ELSE 0 END) / whole_m2
             * (beyond - first) / (SELECT upper(year) - lower(year) FROM period) AS part
      FROM (SELECT *, sum(floor_m2) OVER w AS used_m2, greatest(capacity_m2, sum(floor_m2) OVER w) AS whole_m2,
                   count(*) FILTER (WHERE tenure = 'own') OVER w AS owners
              FROM on_parcel
            WINDOW w AS (PARTITION BY parcel, first)) sums
),

-- "FirmScore.LandMu is the sum of these over the days the firm occupied something": days at work on which it held nothing are left
-- out. At work means from registration, or production when that is later, until it closed.
attendance AS (
    SELECT f.uscc, h.there, at_work.days, coalesce(own, false) AS owns,
           (SELECT coalesce(sum(upper(r) - lower(r)), 0) FROM unnest(h.there * datemultirange(at_work.days)) r) AS covered
      FROM muchan.firms f
      JOIN (SELECT uscc, range_agg(days) AS there, bool_or(tenure = 'own') AS own FROM held GROUP BY uscc) h ON h.uscc = f.uscc,
           LATERAL (SELECT CASE WHEN greatest(registered_on, produced_on) >= closed_on THEN 'empty'::daterange
                                ELSE daterange(greatest(registered_on, produced_on), closed_on) * year END AS days FROM period) at_work
),
land AS MATERIALIZED (
    SELECT a.uscc, a.owns,
           sum(part * rated_m2) FILTER (WHERE NOT being_built) * scale AS m2, sum(part * rated_m2) FILTER (WHERE being_built) AS building_m2,
           bool_and(is_title) AS is_title
      FROM (SELECT uscc, owns,
                   CASE WHEN covered = 0 THEN 1.0::float8
                        ELSE (upper(year) - lower(year))::float8 / ((upper(year) - lower(year)) - (upper(days) - lower(days) - covered)) END AS scale
              FROM attendance, period) a
      LEFT JOIN share s ON s.uscc = a.uscc
      LEFT JOIN site    ON site.code = s.parcel
     GROUP BY a.uscc, a.owns, a.scale
),

-- Events count when their period touches the year, or, without a period, when they fell into it.
event AS MATERIALIZED (
    SELECT uscc, kind,
           CASE WHEN valid_from IS NULL AND valid_to IS NULL THEN year @> "on"
                ELSE daterange(coalesce(valid_from, "on"), valid_to) && year END AS counts
      FROM muchan.events, period
     WHERE uscc <> '' AND "on" <= $2::date
),
tagged AS (
    SELECT uscc, array_agg(kind) AS dated, array_agg(kind) FILTER (WHERE counts) AS now
      FROM event
     WHERE kind IN ('utility', 'policy_move', 'newly_above_scale', 'major_project')
     GROUP BY uscc
),

-- What a firm did in the year, in 万元: "rated tax sums the components on file; it is missing when none is". Energy "counted on
-- another basis than the set's is missing too".
deed AS MATERIALIZED (
    SELECT f.uscc, coalesce(g.above_scale, f.above_scale) AS above_scale, l.owns, l.is_title, nullif(l.m2, 0) * 3 / 2000 AS land_mu, l.m2, l.building_m2, f.registered_on,
           -- a tag given by events holds in their years, one of the register in every year
           (SELECT array_agg(tag) FROM unnest(f.tags) tag WHERE NOT coalesce(tag = ANY (t.dated), false)) || t.now AS tags,
           g.uscc IS NOT NULL AS filed, g.tax_wan::float8 AS tax, g.value_added_wan::float8 AS added, g.revenue_wan::float8 AS revenue, g.rd_wan::float8 AS rd,
           g.energy_tce AS energy, g.emissions_t AS emissions, g.staff, g.electricity_mwh / 10 AS electricity
      FROM muchan.firms f
      LEFT JOIN land l ON l.uscc = f.uscc
      LEFT JOIN tagged t ON t.uscc = f.uscc
      LEFT JOIN (SELECT uscc, above_scale, value_added_wan, revenue_wan, rd_wan, emissions_t, staff, electricity_mwh,
                        CASE WHEN coalesce(energy_basis, '') IN ('', 'equivalent') THEN energy_tce END AS energy_tce,
                        (SELECT sum(part) FROM unnest(ARRAY[vat_wan, income_tax_wan, urban_tax_wan, land_use_tax_wan, property_tax_wan,
                                                            other_tax_wan, export_credit_wan, vat_refund_wan]) part) AS tax_wan
                   FROM muchan.figures WHERE year = $1::int) g ON g.uscc = f.uscc
),

mark AS MATERIALIZED (
    SELECT uscc, bool_or(kind = 'exempted') AS exempted,
           bool_or(kind IN ('safety_accident', 'environment_accident', 'food_accident', 'target_missed')) AS veto
      FROM event
     WHERE counts
     GROUP BY uscc
),

-- Who takes part, and in which cohort. Utilities, firms registered less than two years ago on the year's last day (29 February
-- becomes 1 March), moved by policy or exempted are out; so is who lacks scale, figures, tax or (规上) value added over land.
entrant AS MATERIALIZED (
    SELECT d.*, coalesce(m.veto, false) AS veto,
           CASE WHEN above_scale THEN 'above_scale'
                WHEN NOT coalesce(owns, false) THEN 'tenant'
                WHEN land_mu < 3 THEN 'below_scale_small'
                ELSE 'below_scale' END AS cohort
      FROM deed d LEFT JOIN mark m ON m.uscc = d.uscc, period
     WHERE above_scale IS NOT NULL AND filed
       AND NOT coalesce('utility' = ANY (tags) OR 'policy_move' = ANY (tags), false)
       AND NOT coalesce(m.exempted, false)
       AND NOT coalesce((SELECT CASE WHEN extract(month FROM registered_on) = 2 AND extract(day FROM registered_on) = 29
                                         THEN make_date(extract(year FROM registered_on)::int + 2, 3, 1)
                                         ELSE (registered_on + interval '2 years')::date END) > last_day, false) -- also of a day after the year
       AND NOT (coalesce(building_m2, 0) > 0 AND coalesce(m2, 0) = 0)
       AND tax IS NOT NULL AND land_mu > 0 AND (NOT above_scale OR added IS NOT NULL)
),

item AS MATERIALIZED (
    SELECT e.uscc, e.cohort, s.indicator, s.weight, s.missing, v.upper, v.lower,
           CASE WHEN v.lower > 0 THEN v.upper / v.lower END AS value
      FROM entrant e
      JOIN scheme s ON s.cohort = e.cohort,
           LATERAL (SELECT CASE s.indicator WHEN 'I1' THEN tax WHEN 'I6' THEN rd WHEN 'I8' THEN tax ELSE added END AS upper,
                           CASE s.indicator WHEN 'I1' THEN land_mu WHEN 'I2' THEN land_mu WHEN 'I3' THEN energy WHEN 'I4' THEN emissions
                                            WHEN 'I5' THEN staff WHEN 'I6' THEN revenue ELSE electricity END AS lower) v
),
-- "A cohort's mean is Σ numerator / Σ denominator over the firms that have both."
base AS (
    SELECT cohort, indicator, sum(upper) / sum(lower) AS base FROM item WHERE value IS NOT NULL GROUP BY cohort, indicator
),
-- x / base × weight, at least 0 and at most 1.5 × weight.
given AS (
    SELECT i.uscc, i.cohort, i.indicator, i.missing, b.base, i.value,
           CASE WHEN base > 0 AND i.value IS NOT NULL THEN least(1.5, greatest(0, i.value / b.base)) * weight END AS points
      FROM item i LEFT JOIN base b USING (cohort, indicator)
),
-- Missing emissions get "the average score for that item" (黄岩区 2022).
filled AS (
    SELECT uscc, cohort, indicator, base, value,
           coalesce(points, CASE missing WHEN 'mean' THEN avg(points) OVER (PARTITION BY cohort, indicator) END, 0) AS points
      FROM given
),
score AS MATERIALIZED (
    SELECT uscc, cohort, sum(points) AS points, jsonb_object_agg(indicator, points) AS items, jsonb_object_agg(indicator, value) AS values
      FROM filled GROUP BY uscc, cohort
),
-- "Class = first bound with rank/N ≤ upto, compared as integers; ties share the best rank; ties are points equal to 1e-9."
ranked AS (
    SELECT *, rank() OVER (PARTITION BY cohort ORDER BY round(points::numeric, 9) DESC) AS rank, count(*) OVER (PARTITION BY cohort) AS n
      FROM score
),
classed AS (
    SELECT *, CASE WHEN rank * 100 <= n * 20 THEN 'A' WHEN rank * 100 <= n * 60 THEN 'B' WHEN rank * 100 <= n * 95 THEN 'C' ELSE 'D' END AS class
      FROM ranked
)

SELECT f.uscc, coalesce(d.is_title, true) AS is_title, d.land_mu, c.cohort, c.points, c.rank, c.n AS of, c.items, c.values,
       -- 一票否决: not A or B; newly above scale and major projects: not D, unless there is a veto
       CASE WHEN c.class IS NULL THEN 'T'
            WHEN e.veto AND c.class < 'C' THEN 'C'
            WHEN NOT e.veto AND c.class = 'D' AND e.tags && ARRAY['newly_above_scale', 'major_project'] THEN 'C'
            ELSE c.class END AS class
  FROM muchan.firms f
  LEFT JOIN deed    d ON d.uscc = f.uscc
  LEFT JOIN entrant e ON e.uscc = f.uscc
  LEFT JOIN classed c ON c.uscc = f.uscc
