-- What a firm draws and discharges: 化学需氧量排放量 and 用水量, in tonnes. They stand last, where ADD COLUMN puts them.

ALTER TABLE "figures" ADD COLUMN "cod_t" DOUBLE CONSTRAINT figures_cod_t_check CHECK (typeof("cod_t") IN ('null', 'real') AND "cod_t" >= 0 AND "cod_t" < 9e999);
ALTER TABLE "figures" ADD COLUMN "water_t" DOUBLE CONSTRAINT figures_water_t_check CHECK (typeof("water_t") IN ('null', 'real') AND "water_t" >= 0 AND "water_t" < 9e999);
