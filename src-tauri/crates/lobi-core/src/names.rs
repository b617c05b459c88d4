//! One list gives an enum its names: on the wire, in the database and in the API's document.

/// Makes a plain enum from `Variant = "name"` rows, with `ALL`, `name`, `named`, `FromStr`, serde and schema.
/// The name is a `tt`: a `literal` reaches utoipa inside an invisible group, and the schema would say `Variant`.
macro_rules! named {
    (
        $(#[$meta:meta])*
        pub enum $Enum:ident {
            $($(#[$about:meta])* $Variant:ident = $name:tt,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum $Enum {
            $($(#[$about])* #[serde(rename = $name)] $Variant,)+
        }

        impl $Enum {
            /// All of them, in the order of their list.
            pub const ALL: [$Enum; [$($name),+].len()] = [$($Enum::$Variant),+];

            /// The name on the wire and in the database.
            pub fn name(self) -> &'static str {
                match self {
                    $($Enum::$Variant => $name,)+
                }
            }

            /// The one of that name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.name() == name)
            }
        }

        impl std::str::FromStr for $Enum {
            type Err = $crate::names::UnknownName;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                Self::named(name).ok_or_else(|| $crate::names::UnknownName(name.to_owned()))
            }
        }
    };
}
pub(crate) use named;

/// A name that no row of the list has: a file of a newer program, or a damaged one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown name {0:?}")]
pub struct UnknownName(pub String);

#[cfg(test)]
mod tests {
    named! {
        /// Colours of a light.
        #[derive(Default)]
        pub enum Light {
            /// Stop.
            #[default]
            Red = "merah",
            /// Go.
            Green = "hijau",
        }
    }

    #[test]
    fn every_name_leads_back_to_its_own_variant() {
        for light in Light::ALL {
            assert_eq!(light.name().parse::<Light>(), Ok(light));
            assert_eq!(Light::named(light.name()), Some(light));
        }
        assert_eq!(Light::default(), Light::Red);
        assert!("kuning".parse::<Light>().is_err());
    }
}
