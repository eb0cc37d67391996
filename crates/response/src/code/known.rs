//! The codes that the vendor's documents name.

use crate::code::Code;

/// One entry makes the constant, its documentation, the entry of [`Code::KNOWN`] and the text of
/// [`Code::meaning`].
macro_rules! codes {
    (published { $($number:literal $name:ident $text:literal)+ } extra { $($xnumber:literal $xname:ident $xtext:literal)+ }) => {
        impl Code {
            $(
                #[doc = concat!("`", $number, "` ", $text)]
                pub const $name: Self = Self::from_u16($number).expect("three digits");
            )+
            $(
                #[doc = concat!("`", $xnumber, "` ", $xtext, ". Not in the published list.")]
                pub const $xname: Self = Self::from_u16($xnumber).expect("three digits");
            )+

            /// The published codes in ascending order, then the [extra](Self::is_extra) ones.
            pub const KNOWN: &'static [Self] = &[$(Self::$name,)+ $(Self::$xname,)+];

            /// Returns the text of the code in the vendor's list, or `None` for an unknown code.
            ///
            /// The text is human-readable. The [`description`](crate::Response::description) of a
            /// response may add details; programs should decide on the number.
            ///
            /// ```
            /// # use cnic_response::Code;
            /// assert_eq!(Code::CREDIT_LIMIT_EXCEEDED.meaning(), Some("Credit limit exceeded"));
            /// ```
            #[must_use]
            pub const fn meaning(self) -> Option<&'static str> {
                match self.as_u16() {
                    $($number => Some($text),)+
                    $($xnumber => Some($xtext),)+
                    _ => None,
                }
            }

            /// Returns whether the code comes from other documents than the published list: 216,
            /// 217, 425, 510.
            ///
            /// ```
            /// # use cnic_response::Code;
            /// assert!(Code::OBJECT_AVAILABLE.is_extra() && !Code::DOMAIN_AVAILABLE.is_extra());
            /// ```
            #[must_use]
            pub const fn is_extra(self) -> bool {
                matches!(self.as_u16(), $($xnumber)|+)
            }
        }
    };
}

codes! {
    published {
        200 COMPLETED "Command completed successfully"
        210 DOMAIN_AVAILABLE "Domain name available"
        211 DOMAIN_NOT_AVAILABLE "Domain name not available"
        212 NAME_SERVER_AVAILABLE "Name server available"
        213 NAME_SERVER_NOT_AVAILABLE "Name server not available"
        214 CONTACT_AVAILABLE "Contact available"
        215 CONTACT_NOT_AVAILABLE "Contact not available"
        218 REQUEST_AVAILABLE "Request is available"
        219 REQUEST_NOT_AVAILABLE "Request is not available"
        220 COMPLETED_CLOSING "Command completed successfully. Server closing connection"
        420 SERVER_ERROR_CLOSING "Command failed due to server error. Server closing connection"
        421 SERVER_ERROR_TRY_AGAIN "Command failed due to server error. Client should try again"
        422 ACCOUNT_LOCKED
            "Abuse detected! The account has been temporarily locked! Please standby some minutes."
        423 SOCKET_ERROR "error (socket error)"
        500 INVALID_COMMAND_NAME "Invalid command name"
        501 INVALID_COMMAND_OPTION "Invalid command option"
        502 INVALID_ENTITY_VALUE "Invalid entity value"
        503 INVALID_ATTRIBUTE_NAME "Invalid attribute name"
        504 MISSING_ATTRIBUTE "Missing required attribute"
        505 INVALID_ATTRIBUTE_SYNTAX "Invalid attribute value syntax"
        506 INVALID_OPTION_VALUE "Invalid option value"
        507 INVALID_COMMAND_FORMAT "Invalid command format"
        508 MISSING_ENTITY "Missing required entity"
        509 MISSING_COMMAND_OPTION "Missing command option"
        520 CLOSING "Server closing connection. Client should try opening new connection"
        521 TOO_MANY_SESSIONS "Too many sessions open. Server closing connection"
        530 AUTHENTICATION_FAILED "Authentication failed"
        531 AUTHORIZATION_FAILED "Authorization failed"
        532 DOMAINS_LINKED "Domain names linked with name server"
        533 ACTIVE_NAME_SERVERS "Domain name has active name servers"
        534 NOT_FLAGGED_FOR_TRANSFER "Domain name has not been flagged for transfer"
        535 RESTRICTED_IP_ADDRESS "Restricted IP address"
        536 FLAGGED_FOR_TRANSFER "Domain already flagged for transfer"
        540 VALUE_NOT_UNIQUE "Attribute value is not unique"
        541 INVALID_ATTRIBUTE_VALUE "Invalid attribute value"
        542 INVALID_OLD_VALUE "Invalid old value for an attribute"
        543 FINAL_ATTRIBUTE "Final or implicit attribute cannot be updated"
        544 ENTITY_ON_HOLD "Entity on hold"
        545 ENTITY_NOT_FOUND "Entity reference not found"
        546 CREDIT_LIMIT_EXCEEDED "Credit limit exceeded"
        547 INVALID_COMMAND_SEQUENCE "Invalid command sequence"
        548 NOT_UP_FOR_RENEWAL "Domain is not up for renewal"
        549 COMMAND_FAILED "Command failed"
        550 PARENT_NOT_REGISTERED "Parent domain not registered"
        551 PARENT_STATUS_PROHIBITS "Parent domain status does not allow for operation"
        552 DOMAIN_STATUS_PROHIBITS "Domain status does not allow for operation"
        553 PENDING_TRANSFER "Operation not allowed. Domain pending transfer"
        554 ALREADY_REGISTERED "Domain already registered"
        555 ALREADY_RENEWED "Domain already renewed"
        556 PERIOD_EXCEEDED "Maximum registration period exceeded"
        557 OBJECT_STATUS_PROHIBITS "Object status prohibits operation"
        560 RESOURCE_DISABLED "Resource is disabled"
        561 RESOURCE_IN_USE "Resource still in use"
        562 ADDRESS_USES_FORWARDING "Email address already uses forwarding"
        563 ADDRESS_USES_MAILSPACE "Email address already uses mailspace"
        564 EMAIL_DOMAIN_LINKED "Email domain already linked to a different mailspace"
    }
    extra {
        216 OBJECT_AVAILABLE "Object available"
        217 OBJECT_NOT_AVAILABLE "Object not available"
        425 SERVICE_LOCKED "Service temporarily locked; usage exceeded"
        510 NOT_SUPPORTED "Command not supported for this class"
    }
}
