___TERMS_OF_SERVICE___

By creating or modifying this file you agree to Google Tag Manager's Community
Template Gallery Developer Terms of Service available at
https://developers.google.com/tag-manager/gallery-tos (or such other URL as
Google may provide), as modified from time to time.


___INFO___

{
  "type": "TAG",
  "id": "cvt_temp_public_id",
  "version": 1,
  "securityGroups": [],
  "displayName": "Amazon Personalize (personalize-beacon)",
  "categories": [
    "PERSONALIZATION",
    "ANALYTICS"
  ],
  "brand": {
    "id": "brand_dummy",
    "displayName": "personalize-beacon"
  },
  "description": "Loads personalize-beacon, which records visitors' clicks, views and purchases, and delivers every event to Amazon Personalize.",
  "containerContexts": [
    "WEB"
  ]
}


___TEMPLATE_PARAMETERS___

[
  {
    "type": "SELECT",
    "name": "tagType",
    "displayName": "Tag type",
    "macrosInSelect": false,
    "selectItems": [
      {
        "value": "start",
        "displayValue": "Start the tracker"
      },
      {
        "value": "track",
        "displayValue": "Track one event"
      }
    ],
    "simpleValueType": true,
    "defaultValue": "start",
    "alwaysInSummary": true,
    "help": "One tag starts the tracker on all pages. Further tags each record one event from variables, at triggers of their own."
  },
  {
    "type": "GROUP",
    "name": "startFields",
    "displayName": "Tracker",
    "groupStyle": "NO_ZIPPY",
    "enablingConditions": [
      {
        "paramName": "tagType",
        "paramValue": "start",
        "type": "EQUALS"
      }
    ],
    "subParams": [
      {
        "type": "TEXT",
        "name": "scriptUrl",
        "displayName": "Script URL",
        "simpleValueType": true,
        "help": "The HTTPS address of dist/personalize.js on your site. Host its chunks in the same folder.",
        "alwaysInSummary": true,
        "valueValidators": [
          {
            "type": "NON_EMPTY"
          },
          {
            "type": "REGEX",
            "args": [
              "^https://.+\\.js$"
            ],
            "errorMessage": "An https:// address that ends in .js"
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "trackingId",
        "displayName": "Tracking ID",
        "simpleValueType": true,
        "help": "The ID of the event tracker in Amazon Personalize.",
        "alwaysInSummary": true,
        "valueValidators": [
          {
            "type": "NON_EMPTY"
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "identityPoolId",
        "displayName": "Identity pool ID",
        "simpleValueType": true,
        "help": "A Cognito identity pool with guest access. Its guest role must allow personalize:PutEvents.",
        "alwaysInSummary": true,
        "valueValidators": [
          {
            "type": "NON_EMPTY"
          },
          {
            "type": "REGEX",
            "args": [
              "^[a-z]+(-[a-z]+)+-\\d+:[\\w-]+$"
            ],
            "errorMessage": "Like us-east-1:00000000-0000-4000-8000-000000000000"
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "region",
        "displayName": "Region",
        "simpleValueType": true,
        "help": "The AWS region of the event tracker. Default: the identity pool's region.",
        "valueValidators": [
          {
            "type": "REGEX",
            "args": [
              "^([a-z]+(-[a-z]+)+-\\d+)?$"
            ],
            "errorMessage": "Like us-east-1"
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "actionTrackingId",
        "displayName": "Action tracking ID",
        "simpleValueType": true,
        "help": "The ID of the tracker for action interactions. Required only to track actions."
      },
      {
        "type": "SELECT",
        "name": "domain",
        "displayName": "Domain",
        "macrosInSelect": false,
        "selectItems": [
          {
            "value": "ECOMMERCE",
            "displayValue": "ECOMMERCE"
          },
          {
            "value": "VIDEO_ON_DEMAND",
            "displayValue": "VIDEO_ON_DEMAND"
          }
        ],
        "simpleValueType": true,
        "notSetText": "none",
        "help": "The domain of a domain dataset group. Events without a type in the markup are then named as its use cases require."
      },
      {
        "type": "CHECKBOX",
        "name": "consentRequired",
        "checkboxText": "Wait for consent",
        "simpleValueType": true,
        "defaultValue": true,
        "help": "Nothing is stored, read, requested or sent before the consent type below is granted. Events wait in memory meanwhile."
      },
      {
        "type": "SELECT",
        "name": "consentType",
        "displayName": "Consent type",
        "macrosInSelect": false,
        "selectItems": [
          {
            "value": "personalization_storage",
            "displayValue": "personalization_storage"
          },
          {
            "value": "analytics_storage",
            "displayValue": "analytics_storage"
          },
          {
            "value": "functionality_storage",
            "displayValue": "functionality_storage"
          },
          {
            "value": "ad_storage",
            "displayValue": "ad_storage"
          }
        ],
        "simpleValueType": true,
        "defaultValue": "personalization_storage",
        "enablingConditions": [
          {
            "paramName": "consentRequired",
            "paramValue": true,
            "type": "EQUALS"
          }
        ],
        "help": "The type in Google's consent mode. If it is granted, the tag calls consent(true). If it is denied later, the tag calls consent(false), which erases all stored data."
      },
      {
        "type": "CHECKBOX",
        "name": "dataLayer",
        "checkboxText": "Read the GA4 ecommerce events of the data layer",
        "simpleValueType": true,
        "help": "Makes events of select_item, view_item, add_to_cart and purchase, with the lists of view_item_list. Host the chunk personalize-VERSION.datalayer.js beside the script."
      },
      {
        "type": "TEXT",
        "name": "dataLayerName",
        "displayName": "Name of the data layer",
        "simpleValueType": true,
        "defaultValue": "dataLayer",
        "enablingConditions": [
          {
            "paramName": "dataLayer",
            "paramValue": true,
            "type": "EQUALS"
          }
        ],
        "help": "The global's name, if the container's snippet has another one than dataLayer."
      },
      {
        "type": "TEXT",
        "name": "dataLayerItemId",
        "displayName": "Field with the item ID",
        "simpleValueType": true,
        "defaultValue": "item_id",
        "enablingConditions": [
          {
            "paramName": "dataLayer",
            "paramValue": true,
            "type": "EQUALS"
          }
        ],
        "help": "The field of the items that is the ITEM_ID of your datasets."
      },
      {
        "type": "TEXT",
        "name": "dataLayerProperties",
        "displayName": "Fields that become properties",
        "simpleValueType": true,
        "enablingConditions": [
          {
            "paramName": "dataLayer",
            "paramValue": true,
            "type": "EQUALS"
          }
        ],
        "help": "Fields of the items, separated by commas, such as quantity, item_variant. Your schema needs the columns QUANTITY and ITEM_VARIANT."
      },
      {
        "type": "SIMPLE_TABLE",
        "name": "dataLayerEvents",
        "displayName": "Other event types",
        "enablingConditions": [
          {
            "paramName": "dataLayer",
            "paramValue": true,
            "type": "EQUALS"
          }
        ],
        "simpleTableColumns": [
          {
            "defaultValue": "",
            "displayName": "GA4 event",
            "name": "name",
            "type": "TEXT",
            "isUnique": true,
            "valueValidators": [
              {
                "type": "NON_EMPTY"
              }
            ]
          },
          {
            "defaultValue": "",
            "displayName": "Event type (empty: off)",
            "name": "eventType",
            "type": "TEXT"
          }
        ],
        "help": "Event types of other GA4 events, such as wishlist for add_to_wishlist. An empty type switches an event off."
      }
    ]
  },
  {
    "type": "GROUP",
    "name": "trackFields",
    "displayName": "Event",
    "groupStyle": "NO_ZIPPY",
    "enablingConditions": [
      {
        "paramName": "tagType",
        "paramValue": "track",
        "type": "EQUALS"
      }
    ],
    "subParams": [
      {
        "type": "TEXT",
        "name": "eventType",
        "displayName": "Event type",
        "simpleValueType": true,
        "help": "A value of the dataset's EVENT_TYPE column, such as wishlist.",
        "alwaysInSummary": true,
        "valueValidators": [
          {
            "type": "NON_EMPTY"
          }
        ]
      },
      {
        "type": "TEXT",
        "name": "itemId",
        "displayName": "Item ID",
        "simpleValueType": true,
        "help": "Text or a number."
      },
      {
        "type": "TEXT",
        "name": "eventValue",
        "displayName": "Event value",
        "simpleValueType": true,
        "help": "A number, or text that is one."
      },
      {
        "type": "TEXT",
        "name": "recommendationId",
        "displayName": "Recommendation ID",
        "simpleValueType": true,
        "help": "As GetRecommendations returned it."
      },
      {
        "type": "TEXT",
        "name": "impression",
        "displayName": "Impression",
        "simpleValueType": true,
        "help": "A variable that is an array of the item IDs that were shown together, 25 at most."
      },
      {
        "type": "TEXT",
        "name": "eventId",
        "displayName": "Event ID",
        "simpleValueType": true,
        "help": "Events with the same ID count once: an order's ID and the item's, for a purchase."
      },
      {
        "type": "TEXT",
        "name": "properties",
        "displayName": "Properties",
        "simpleValueType": true,
        "help": "A variable that is an object: further columns of the schema, in camelCase."
      }
    ]
  }
]


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

const addConsentListener = require('addConsentListener');
const callInWindow = require('callInWindow');
const copyFromWindow = require('copyFromWindow');
const getTimestampMillis = require('getTimestampMillis');
const injectScript = require('injectScript');
const isConsentGranted = require('isConsentGranted');
const makeNumber = require('makeNumber');
const makeString = require('makeString');
const templateStorage = require('templateStorage');

// A variable without a value is undefined or null, and a field without one is empty.
const isGiven = (value) => value !== undefined && value !== null && value !== '';

const addDataLayer = (options) => {
  options.dataLayer = data.dataLayerName || true;
  if (data.dataLayerItemId) options.dataLayerItemId = data.dataLayerItemId;
  const fields = (data.dataLayerProperties || '').split(',').map((field) => field.trim());
  options.dataLayerProperties = fields.filter((field) => field);
  options.dataLayerEvents = {};
  (data.dataLayerEvents || []).forEach((row) => {
    options.dataLayerEvents[row.name] = row.eventType || false;
  });
};

const start = () => {
  const options = { trackingId: data.trackingId };
  ['identityPoolId', 'region', 'actionTrackingId', 'domain'].forEach((name) => {
    if (data[name]) options[name] = data[name];
  });
  if (data.consentRequired) options.consent = 'required';
  if (data.dataLayer) addDataLayer(options);
  callInWindow('personalize.init', options);
  // Events of tags that fired before the script was loaded.
  (templateStorage.getItem('waiting') || []).forEach((event) => {
    callInWindow('personalize.track', event);
  });
  templateStorage.setItem('waiting', []);
  if (!data.consentRequired) return;
  // Consent that is not granted yet is not denied: most banners come after the tag.
  if (isConsentGranted(data.consentType)) callInWindow('personalize.consent', true);
  addConsentListener(data.consentType, (consentType, granted) => {
    callInWindow('personalize.consent', granted);
  });
};

const onLoaded = () => {
  // If another trigger fires the tag again, it must not start another tracker.
  if (!templateStorage.getItem('isStarted')) {
    templateStorage.setItem('isStarted', true);
    start();
  }
  data.gtmOnSuccess();
};

const readEvent = () => {
  const event = { sentAt: getTimestampMillis() / 1000 };
  ['eventType', 'itemId', 'recommendationId', 'eventId'].forEach((name) => {
    if (isGiven(data[name])) event[name] = makeString(data[name]);
  });
  ['impression', 'properties'].forEach((name) => {
    if (isGiven(data[name])) event[name] = data[name];
  });
  if (isGiven(data.eventValue)) {
    const number = makeNumber(data.eventValue);
    // Text that is no number is passed on, so that the tracker reports it.
    event.eventValue = number === number ? number : data.eventValue;
  }
  return event;
};

const track = () => {
  const event = readEvent();
  // The tracker, or its loader stub, which keeps the call.
  if (copyFromWindow('personalize.track')) {
    callInWindow('personalize.track', event);
  } else {
    const waiting = templateStorage.getItem('waiting') || [];
    waiting.push(event);
    templateStorage.setItem('waiting', waiting);
  }
  data.gtmOnSuccess();
};

if (data.tagType === 'track') track();
else injectScript(data.scriptUrl, onLoaded, data.gtmOnFailure, 'personalize-beacon');


___WEB_PERMISSIONS___

[
  {
    "instance": {
      "key": {
        "publicId": "inject_script",
        "versionId": "1"
      },
      "param": [
        {
          "key": "urls",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 1,
                "string": "https://*/*"
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "access_globals",
        "versionId": "1"
      },
      "param": [
        {
          "key": "keys",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "personalize.init"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "personalize.track"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "personalize.consent"
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": false
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "access_consent",
        "versionId": "1"
      },
      "param": [
        {
          "key": "consentTypes",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "personalization_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "analytics_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "functionality_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "ad_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "access_template_storage",
        "versionId": "1"
      },
      "param": []
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  }
]


___TESTS___

scenarios:
- name: The script is loaded and started with the options that are set
  code: |-
    mock('callInWindow', (path, options) => {
      assertThat(path).isEqualTo('personalize.init');
      assertThat(options).isEqualTo({ trackingId: 'tracker', identityPoolId: 'us-east-1:pool' });
    });

    runCode(mockData);

    assertApi('callInWindow').wasCalled();
    assertApi('gtmOnSuccess').wasCalled();
- name: Consent that is granted already is passed on
  code: |-
    mockData.consentRequired = true;
    mock('isConsentGranted', (consentType) => consentType === 'personalization_storage');

    runCode(mockData);

    assertApi('callInWindow').wasCalledWith('personalize.consent', true);
- name: The tag waits for consent that is not granted yet
  code: |-
    mockData.consentRequired = true;
    let listener;
    mock('isConsentGranted', () => false);
    mock('addConsentListener', (consentType, run) => {
      listener = run;
    });

    runCode(mockData);

    assertApi('callInWindow').wasNotCalledWith('personalize.consent', true);
    listener('personalization_storage', true);
    assertApi('callInWindow').wasCalledWith('personalize.consent', true);
- name: A script that cannot be loaded fails the tag
  code: |-
    mock('injectScript', (url, onSuccess, onFailure) => onFailure());

    runCode(mockData);

    assertApi('gtmOnFailure').wasCalled();
    assertApi('callInWindow').wasNotCalled();
- name: The options of the data layer are set
  code: |-
    mockData.dataLayer = true;
    mockData.dataLayerName = 'shopLayer';
    mockData.dataLayerItemId = 'sku';
    mockData.dataLayerProperties = 'quantity, item_variant,';
    mockData.dataLayerEvents = [{ name: 'add_to_wishlist', eventType: 'wishlist' }, { name: 'select_item' }];

    runCode(mockData);

    assertApi('callInWindow').wasCalledWith('personalize.init', {
      trackingId: 'tracker',
      identityPoolId: 'us-east-1:pool',
      dataLayer: 'shopLayer',
      dataLayerItemId: 'sku',
      dataLayerProperties: ['quantity', 'item_variant'],
      dataLayerEvents: { add_to_wishlist: 'wishlist', select_item: false }
    });
- name: An event has the fields that are set, and no others
  code: |-
    mock('copyFromWindow', () => () => {});

    runCode(trackData);

    assertApi('injectScript').wasNotCalled();
    assertApi('callInWindow').wasCalledWith('personalize.track', {
      sentAt: 1700000000,
      eventType: 'wishlist',
      itemId: '12',
      eventValue: 9.99
    });
    assertApi('gtmOnSuccess').wasCalled();
- name: An event from before the start waits for it
  code: |-
    runCode(trackData);
    assertApi('callInWindow').wasNotCalled();
    assertApi('gtmOnSuccess').wasCalled();

    runCode(mockData);

    assertApi('callInWindow').wasCalledWith('personalize.track', {
      sentAt: 1700000000,
      eventType: 'wishlist',
      itemId: '12',
      eventValue: 9.99
    });
setup: |-
  const trackData = {
    tagType: 'track',
    eventType: 'wishlist',
    itemId: 12,
    eventValue: '9.99',
    recommendationId: undefined,
    eventId: '',
    impression: null
  };
  const mockData = {
    tagType: 'start',
    scriptUrl: 'https://shop.example/personalize.js',
    trackingId: 'tracker',
    identityPoolId: 'us-east-1:pool',
    consentType: 'personalization_storage'
  };
  mock('callInWindow', () => {});
  mock('copyFromWindow', () => undefined);
  mock('getTimestampMillis', () => 1700000000000);
  mock('injectScript', (url, onSuccess) => {
    assertThat(url).isEqualTo(mockData.scriptUrl);
    onSuccess();
  });


___NOTES___

Part of the package personalize-beacon, demo/gtm.
