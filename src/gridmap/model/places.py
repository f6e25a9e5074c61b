"""Where people live: subdistrict, community, compound, building."""

from gridmap.model.schema import PUBLIC, Choice, Field, Geometry, Kind, Table, reference, remark

COMMUNITY_TYPES = (  # the paper, section 2.1
    Choice("clustered", "群聚型", "Clustered (resettled villagers)"),
    Choice("pocket", "洼地型", "Pocket (former work units, urban villages)"),
    Choice("dispersed", "离散型", "Dispersed (recent estates)"),
)

SUBDISTRICT = Table(
    "subdistrict",
    "街道",
    "Subdistrict",
    (
        Field("code", "区划代码", "Division code", Kind.CODE, PUBLIC, required=True),
        Field("name", "名称", "Name", sensitivity=PUBLIC, required=True),
        Field("imaginary", "虚构", "Imaginary", Kind.YES_NO, PUBLIC),
        Field("emergency_phone", "应急电话", "Emergency phone", sensitivity=PUBLIC),
        remark(),
    ),
    Geometry.MULTIPOLYGON,
    label="name",
)

COMMUNITY = Table(
    "community",
    "社区",
    "Community",
    (
        Field("code", "统计用区划代码", "Statistical code", Kind.CODE, PUBLIC),
        Field("civil_code", "民政代码", "Civil affairs code", Kind.CODE, PUBLIC),
        Field("name", "名称", "Name", sensitivity=PUBLIC),
        reference("subdistrict_id", "所属街道", "Subdistrict", "subdistrict"),
        Field("community_type", "社区类型", "Community type", choices=COMMUNITY_TYPES),
        Field("urban_rural_code", "城乡分类代码", "Urban-rural class", Kind.CODE, PUBLIC),
        Field("households", "户数", "Households", Kind.INTEGER),
        Field("residents", "人口数", "Residents", Kind.INTEGER),
        remark(),
    ),
    Geometry.MULTIPOLYGON,
    label="name",
)

COMPOUND = Table(
    "compound",
    "小区",
    "Compound",
    (
        Field("name", "名称", "Name", sensitivity=PUBLIC),
        Field("address", "地址", "Address", sensitivity=PUBLIC),
        reference("community_id", "所属社区", "Community", "community"),
        Field("built_year", "建成年份", "Year built", Kind.INTEGER, PUBLIC),
        Field("is_old", "老旧小区", "Old compound", Kind.YES_NO, PUBLIC),
        Field("single_owner", "独立大院", "Run by one unit", Kind.YES_NO, PUBLIC),
        Field("manager", "物业单位", "Property manager", sensitivity=PUBLIC),
        Field("households", "户数", "Households", Kind.INTEGER),
        Field("residents", "人口数", "Residents", Kind.INTEGER),
        Field("registered_cars", "登记车辆数", "Registered cars", Kind.INTEGER),
        Field("night_cars", "夜间停车数", "Cars counted at night", Kind.INTEGER),
        Field("parking_spaces", "泊位数", "Parking spaces", Kind.INTEGER, PUBLIC),
        Field("green_m2", "绿地面积", "Green area (m²)", Kind.REAL, PUBLIC),
        remark(),
    ),
    Geometry.MULTIPOLYGON,
    label="name",
)

BUILDING_USES = (
    Choice("residential", "住宅", "Residential"),
    Choice("shop", "商业", "Shops"),
    Choice("office", "办公", "Offices"),
    Choice("school", "学校", "School"),
    Choice("care", "医疗养老", "Health and care"),
    Choice("service", "配套设施", "Service building"),
    Choice("other", "其他", "Other"),
)

BUILDING = Table(
    "building",
    "建筑",
    "Building",
    (
        Field("name", "名称", "Name", sensitivity=PUBLIC),
        Field("address", "门楼牌", "Door plate", sensitivity=PUBLIC),
        reference("compound_id", "所属小区", "Compound", "compound"),
        Field("use", "用途", "Use", sensitivity=PUBLIC, choices=BUILDING_USES),
        Field("floors", "层数", "Floors", Kind.INTEGER, PUBLIC),
        Field("height_m", "高度", "Height (m)", Kind.REAL, PUBLIC),
        Field("built_year", "建成年份", "Year built", Kind.INTEGER, PUBLIC),
        Field("entrances", "单元数", "Entrances", Kind.INTEGER, PUBLIC),
        Field("households", "户数", "Households", Kind.INTEGER),
        Field("residents", "人口数", "Residents", Kind.INTEGER),
        remark(),
    ),
    Geometry.MULTIPOLYGON,
    label="name",
)
