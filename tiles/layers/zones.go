package layers

import "muchan/parcels"

var zoneFields = getters[parcels.Zone]{
	"id":       func(z *parcels.Zone) cell { return text(z.ID) },
	"park":     func(z *parcels.Zone) cell { return text(z.Park) },
	"name":     func(z *parcels.Zone) cell { return text(z.Name) },
	"kind":     func(z *parcels.Zone) cell { return text(z.Kind) },
	"level":    func(z *parcels.Zone) cell { return positive(float64(z.Level)) },
	"document": func(z *parcels.Zone) cell { return text(z.Document) },
}
