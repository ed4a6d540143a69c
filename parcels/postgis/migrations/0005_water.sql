-- What a firm draws and discharges: 化学需氧量排放量 and 用水量, in tonnes. They stand last, where ADD COLUMN puts them.

ALTER TABLE muchan.figures
	ADD COLUMN cod_t   double precision CHECK (cod_t >= 0 AND cod_t < 'Infinity'),
	ADD COLUMN water_t double precision CHECK (water_t >= 0 AND water_t < 'Infinity');

CREATE OR REPLACE VIEW muchan_analyst.figures WITH (security_barrier) AS
	SELECT uscc, year, output_wan, revenue_wan, value_added_wan, vat_wan, income_tax_wan, urban_tax_wan,
	       land_use_tax_wan, property_tax_wan, other_tax_wan, export_credit_wan, vat_refund_wan, energy_tce,
	       energy_basis, emissions_t, staff, rd_wan, electricity_mwh, source, confirmed, cod_t, water_t
	  FROM muchan.figures;
